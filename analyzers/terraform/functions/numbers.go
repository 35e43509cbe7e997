package functions

import (
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

func numberFunctions() map[string]entry {
	return map[string]entry{
		"abs":      {fn: stdlib.AbsoluteFunc},
		"ceil":     {fn: stdlib.CeilFunc},
		"floor":    {fn: stdlib.FloorFunc},
		"log":      {fn: stdlib.LogFunc},
		"max":      {fn: stdlib.MaxFunc},
		"min":      {fn: stdlib.MinFunc},
		"parseint": {fn: stdlib.ParseIntFunc, bound: boundParseInt},
		"pow":      {fn: stdlib.PowFunc},
		"signum":   {fn: stdlib.SignumFunc},
	}
}

// boundParseInt: digits above 9 pass the check of arguments.
func boundParseInt(c *call) string {
	if digits, ok := c.text(0); ok && len(digits) > maxDigits {
		return "an argument of parseint() is a number of too many digits"
	}
	return ""
}

package functions

import (
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

func setFunctions() map[string]entry {
	return map[string]entry{
		"setintersection": {fn: stdlib.SetIntersectionFunc},
		"setproduct":      {fn: stdlib.SetProductFunc, bound: boundSetProduct},
		"setsubtract":     {fn: stdlib.SetSubtractFunc},
		"setunion":        {fn: stdlib.SetUnionFunc},
	}
}

// boundSetProduct counts the values of the result, which holds one value of
// each argument in each of its elements.
func boundSetProduct(c *call) string {
	most, product := c.limit.Elements, 1
	if len(c.args) > 0 && c.args[0].Type().IsSetType() {
		most /= deepSetShare
	}
	for i := range c.args {
		n := c.length(i)
		if n == 0 {
			return "" // empty, or not known
		}
		if product *= n; product*len(c.args) > most {
			return c.tooMany()
		}
	}
	return c.budget.spend(int64(product*len(c.args)) * elementSteps)
}

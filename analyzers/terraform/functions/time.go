package functions

import (
	"errors"
	"time"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

func timeFunctions() map[string]entry {
	return map[string]entry{
		"formatdate": {fn: stdlib.FormatDateFunc},
		"timeadd":    {fn: stdlib.TimeAddFunc},
		"timecmp":    {fn: timeCompare()},
	}
}

func timeCompare() function.Function {
	return ofText(cty.Number, func(in []string) (cty.Value, error) {
		var times [2]time.Time
		for i, text := range in {
			parsed, err := time.Parse(time.RFC3339, text)
			if err != nil {
				// Go's own message speaks of its reference time.
				return cty.NilVal, function.NewArgError(i, errors.New("not a valid RFC 3339 timestamp"))
			}
			times[i] = parsed
		}
		return cty.NumberIntVal(int64(times[0].Compare(times[1]))), nil
	}, "timestamp_a", "timestamp_b")
}

package functions

import (
	"slices"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// Why marks an unknown value with what completes "unknown because …". Like all
// marks it spreads to whatever is computed from the value, so a known value may
// carry one too; it says something about unknown values only.
type Why string

// sensitivity is the type of the marks that Terraform itself knows.
type sensitivity string

// Sensitive and Ephemeral are the marks behind sensitive(), issensitive() and
// ephemeralasnull(). A caller marks the values of variables declared so.
const (
	Sensitive sensitivity = "sensitive"
	Ephemeral sensitivity = "ephemeral"
)

// Reasons returns the Why marks of a value, nested ones included, sorted and
// each once, and the value without any marks.
func Reasons(v cty.Value) (plain cty.Value, whys []string) {
	plain, marks := v.UnmarkDeep()
	for mark := range marks {
		if why, ok := mark.(Why); ok {
			whys = append(whys, string(why))
		}
	}
	slices.Sort(whys)
	return plain, whys
}

// unknown returns an unknown value that says why it is one.
func unknown(ty cty.Type, why string) cty.Value {
	return cty.UnknownVal(ty).Mark(Why(why))
}

// Unknown says why a function has no result before Terraform runs: "timestamp()
// is computed when Terraform runs". ok is false for all other functions.
func Unknown(name string) (why string, ok bool) {
	switch name {
	case "timestamp", "plantimestamp":
		return name + "() is computed when Terraform runs", true
	case "uuid", "bcrypt":
		return name + "() gives another result each time Terraform runs", true
	case "rsadecrypt":
		return "rsadecrypt() needs a private key, which drlint does not use", true
	default:
		return "", false
	}
}

func impureFunctions() map[string]entry {
	cost := numberParam("cost")
	return map[string]entry{
		"timestamp":     impure("timestamp", nil),
		"plantimestamp": impure("plantimestamp", nil),
		"uuid":          impure("uuid", nil),
		"bcrypt":        impure("bcrypt", &cost, textParam("str")),
		"rsadecrypt":    impure("rsadecrypt", nil, textParam("ciphertext"), textParam("privatekey")),
	}
}

func impure(name string, rest *function.Parameter, params ...function.Parameter) entry {
	why, _ := Unknown(name)
	return entry{fn: function.New(&function.Spec{
		Params:       params,
		VarParam:     rest,
		Type:         function.StaticReturnType(cty.String),
		RefineResult: notNull,
		Impl: func([]cty.Value, cty.Type) (cty.Value, error) {
			return unknown(cty.String, why), nil
		},
	})}
}

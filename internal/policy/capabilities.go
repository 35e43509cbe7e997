package policy

import (
	"slices"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
)

// allowed names the built-in functions that rules may call: pure ones that need
// no clock, network, environment or secret. A list of what is allowed keeps
// functions of later OPA versions out until somebody looks at them. Operators
// are functions too.
const allowed = `
	assign eq equal neq gt gte lt lte
	internal.member_2 internal.member_3 internal.print internal.template_string
	plus minus mul div rem abs ceil floor round and or set_diff intersection union
	count max min sum product sort numbers.range numbers.range_step
	array.concat array.flatten array.reverse array.slice
	object.filter object.get object.keys object.remove object.subset object.union object.union_n
	json.filter json.is_valid json.marshal json.patch json.remove json.unmarshal walk graph.reachable graph.reachable_paths
	concat contains endswith format_int indexof indexof_n lower upper replace split sprintf startswith substring
	strings.any_prefix_match strings.any_suffix_match strings.count strings.replace_n strings.reverse strings.split_n
	trim trim_left trim_prefix trim_right trim_space trim_suffix
	regex.find_all_string_submatch_n regex.find_n regex.is_valid regex.match regex.replace regex.split
	glob.match glob.quote_meta semver.compare semver.is_valid units.parse units.parse_bytes to_number
	is_array is_boolean is_null is_number is_object is_set is_string type_name
	time.add_date time.clock time.date time.diff time.format time.parse_duration_ns time.parse_ns time.parse_rfc3339_ns time.weekday
	net.cidr_contains net.cidr_intersects net.cidr_is_valid uri.is_valid uri.parse
	base64.decode base64.is_valid`

// capabilities limit what rules can call. Features are kept from the library:
// without them it refuses the current syntax.
var capabilities = sync.OnceValue(func() *ast.Capabilities {
	limited := *ast.CapabilitiesForThisVersion()
	names := strings.Fields(allowed)
	limited.Builtins = slices.DeleteFunc(slices.Clone(limited.Builtins), func(b *ast.Builtin) bool {
		return !slices.Contains(names, b.Name)
	})
	limited.AllowNet = []string{}
	return &limited
})

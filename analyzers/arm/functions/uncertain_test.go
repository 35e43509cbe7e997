package functions

import (
	"testing"

	"github.com/drlint/drlint/internal/resource"
)

// An object that hangs on an unknown condition can be read member by member,
// and by nothing that needs all of it.
func TestUncertain(t *testing.T) {
	call := Context{At: site}
	args := given(t, `[{"?": ""}, {"a": 1, "b": 2}, {"a": 1}]`)
	object := Call("if", call, args)
	if shown(object) != "{a:1,b:?(parameter name has no default)}" || object.Why != "parameter name has no default" {
		t.Fatalf("got %s because %q", shown(object), object.Why)
	}
	merged := Call("union", call, append(given(t, `[{"b": 5, "c": 6}]`), object))
	if got := shown(merged); got != "{b:?(parameter name has no default),c:6,a:1}" || merged.Why == "" {
		t.Errorf("got %s because %q", got, merged.Why)
	}
	over := Call("union", call, append([]resource.Value{object}, given(t, `[{"b": 5}]`)...))
	if got := shown(over); got != "{a:1,b:5}" {
		t.Errorf("got %s", got)
	}
	for _, name := range []string{"length", "empty", "string", "items", "objectKeys", "base64"} {
		if got := shown(Call(name, call, []resource.Value{object})); got != "?(parameter name has no default)" {
			t.Errorf("%s yields %s", name, got)
		}
	}
	for _, name := range []string{"equals", "contains", "intersection"} {
		if got := Call(name, call, []resource.Value{object, given(t, `[{"a": 1}]`)[0]}); !got.IsUnknown() {
			t.Errorf("%s yields %s", name, shown(got))
		}
	}
	list := Call("createArray", call, []resource.Value{object})
	if got := Call("equals", call, []resource.Value{list, list}); !got.IsUnknown() {
		t.Errorf("equals yields %s", shown(got))
	}
	if got := shown(Call("tryGet", call, []resource.Value{object, resource.StringAt(site, "a")})); got != "1" {
		t.Errorf("tryGet yields %s", got)
	}
	if v := Certain(object); !v.IsUnknown() || v.At != site {
		t.Errorf("got %+v", v)
	}
}

package functions_test

import (
	"net/netip"
	"regexp"
	"strings"
	"testing"

	"github.com/zclconf/go-cty/cty"

	"github.com/drlint/drlint/analyzers/terraform/functions"
)

// tight keeps what the fuzzer finds small.
func tight() functions.Scope {
	s := scope()
	s.Limit = functions.Limit{Elements: 1000, Bytes: 10_000, Work: 500_000}
	return s
}

func texts(in ...string) []cty.Value {
	values := make([]cty.Value, len(in))
	for i, text := range in {
		values[i] = cty.StringVal(text)
	}
	return values
}

func FuzzTemplateString(f *testing.F) {
	for _, source := range []string{
		"", "plain", "${name}", "a ${upper(name)} b", "%{ for x in list }${x},%{ endfor }",
		"%{ if name == \"\" }a%{ else }b%{ endif ~}\n", "$${x} %%{y}", "${[for a in list : [for b in list : a]]}",
		"${list[*].x}", "${try(list[9], can(name.x))}", "${templatestring(name, {})}", "${file(\"abc.txt\")}",
		"${format(\"%9999s\", name)}", "${", "%{ for", "${\"${\"${name}\"}\"}", "${{a = list, b = list}}",
	} {
		f.Add(source)
	}
	vars := cty.ObjectVal(map[string]cty.Value{
		"name": cty.StringVal("ops"),
		"list": cty.ListVal(texts("a", "b", "c")),
	})
	f.Fuzz(func(t *testing.T, source string) {
		got, err := functions.Table(tight())["templatestring"].Call([]cty.Value{cty.StringVal(source), vars})
		if err == nil && got.Type() == cty.String && got.IsKnown() && !got.IsNull() {
			if plain, _ := got.Unmark(); len(plain.AsString()) > 10_000 {
				t.Errorf("a result of %d bytes", len(plain.AsString()))
			}
		}
	})
}

// FuzzYAML also writes what it has read and reads that again.
func FuzzYAML(f *testing.F) {
	for _, source := range []string{
		"a: 1", "- [x, 'y', \"z\"]\n- {k: v}", "a: &a [1]\nb: *a", "<<: {a: 1}", "|\n  text\n  more\n", ">-\n folded\n text",
		"? [a]\n: b", "2024-01-01", "0x1f", "~", "a: &a {b: *a}", "!!binary Zm9v", "--- x\n--- y", "x: \"\\u2028\\t\"", "- \"a \\nb\"",
	} {
		f.Add(source)
	}
	f.Fuzz(func(t *testing.T, source string) {
		table := functions.Table(tight())
		v, err := table["yamldecode"].Call(texts(source))
		if err != nil || !v.IsWhollyKnown() {
			return
		}
		text, err := table["yamlencode"].Call([]cty.Value{v})
		if err != nil {
			t.Fatalf("%#v cannot be written: %s", v, err)
		}
		if plain, _ := text.Unmark(); !plain.IsKnown() || strings.Contains(plain.AsString(), "Inf") {
			return // too long, or a number that YAML text cannot give back
		}
		again, err := table["yamldecode"].Call([]cty.Value{text})
		if err != nil || again.IsWhollyKnown() && show(again) != show(v) {
			t.Errorf("%s becomes %s by way of %s: %v", show(v), show(again), text.AsString(), err)
		}
	})
}

// FuzzReplace compares with Go's own replacement.
func FuzzReplace(f *testing.F) {
	for _, seed := range [][3]string{
		{"db-01", "/([a-z]+)-/", "$1_"}, {"aaaa", "/a*?/", "-"}, {"a\nb", "/(?m)^/", "> "}, {"é ü", `/\b/`, "|"},
		{strings.Repeat("ab", 200), "/(a|ab)*c|a/", "$0$0"}, {"x", "/(/", ""}, {"aXbX", "X", "XX"}, {"", "//", "x"},
	} {
		f.Add(seed[0], seed[1], seed[2])
	}
	f.Fuzz(func(t *testing.T, text, sought, by string) {
		args := texts(text, sought, by)
		got, err := functions.Table(tight())["replace"].Call(args)
		if err != nil || !got.IsKnown() {
			return
		}
		text, sought, by = args[0].AsString(), args[1].AsString(), args[2].AsString()
		want := strings.ReplaceAll(text, sought, by)
		if len(sought) > 1 && sought[0] == '/' && sought[len(sought)-1] == '/' {
			want = regexp.MustCompile(sought[1:len(sought)-1]).ReplaceAllString(text, by)
		}
		if !got.RawEquals(cty.StringVal(want)) {
			t.Errorf("got %#v, want %q", got, want)
		}
	})
}

// FuzzCIDR wants every subnet to lie in its block and to have the length that
// was asked for.
func FuzzCIDR(f *testing.F) {
	for _, block := range []string{"10.0.0.0/8", "fd00::/48", "010.1.2.3/4", "::ffff:1.2.3.4/120", "1.2.3.4", "0.0.0.0/0", "/", "::1%a/64", "1.2.3.4/-1", "::/00"} {
		f.Add(block, int64(8), int64(3))
	}
	f.Fuzz(func(t *testing.T, block string, bits, number int64) {
		table := functions.Table(tight())
		args := []cty.Value{cty.StringVal(block), cty.NumberIntVal(bits), cty.NumberIntVal(number)}
		_, _ = table["cidrnetmask"].Call(args[:1])
		_, _ = table["cidrhost"].Call([]cty.Value{args[0], args[2]})
		_, _ = table["cidrsubnets"].Call(args)
		got, err := table["cidrsubnet"].Call(args)
		if err != nil || !got.IsKnown() {
			return
		}
		inner, err := netip.ParsePrefix(got.AsString())
		if err != nil || inner != inner.Masked() {
			t.Fatalf("cidrsubnet(%q, %d, %d) is %s, which is no address block", block, bits, number, got.AsString())
		}
		if within, err := table["cidrcontains"].Call([]cty.Value{args[0], got}); err != nil || within.False() {
			t.Errorf("cidrsubnet(%q, %d, %d) is %s, which is not within: %v", block, bits, number, inner, err)
		}
	})
}

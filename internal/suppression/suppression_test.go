package suppression

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/source"
)

var (
	replicated = &finding.Rule{ID: "raw/not-replicated", Aliases: []string{"raw/single-region"}, Kinds: []string{"object_store"}}
	backedUp   = &finding.Rule{ID: "raw/not-backed-up", Kinds: []string{"object_store"}}
)

const today = "2026-11-22"

// case of one file; «» marks what a finding of the rule points at.
func run(t *testing.T, file, text string, rule *finding.Rule, entries ...finding.Acceptance) (marked *finding.Suppression, own []finding.Finding, fsys fstest.MapFS) {
	t.Helper()
	before, rest, _ := strings.Cut(text, "«")
	inner, after, marks := strings.Cut(rest, "»")
	data := before + inner + after
	if !marks {
		data = text
	}
	fsys = fstest.MapFS{file: {Data: []byte(data)}}
	now, err := time.Parse(time.DateOnly, today)
	if err != nil {
		t.Fatal(err)
	}
	d := New(Comments(fsys, []string{file}), entries, Join([]*finding.Rule{backedUp, replicated}), now)
	var verdicts []finding.Finding
	if marks {
		verdicts = append(verdicts, finding.Finding{Rule: rule, Verdict: finding.Fail, At: source.Range{File: file, Start: len(before), End: len(before) + len(inner)}})
	}
	d.Mark(verdicts, source.NewStore(fsys), false)
	if marks {
		marked = verdicts[0].Suppressed
	}
	everything := Scope{Ran: func(*finding.Rule) bool { return true }, Complete: func(string) bool { return true }}
	return marked, d.Findings(everything, false), fsys
}

func TestCommentsOfEveryFormat(t *testing.T) {
	const ignore = `drlint:ignore raw/not-replicated reason="rebuilt"`
	cases := map[string]struct {
		file, text string
		covered    bool
	}{
		"hcl trailing":               {"main.tf", "a = «b» # " + ignore + "\n", true},
		"hcl above":                  {"main.tf", "// " + ignore + "\n\n# further\nblock «x» {\n", true},
		"hcl block comment":          {"main.tf", "/* " + ignore + " */\na = «b»\n", true},
		"hcl lines of a block":       {"main.tf", "/*\n * why\n * " + ignore + "\n */\na = «b»\n", true},
		"hcl behind another comment": {"main.tf", "a = «b» # tflint-ignore: x # " + ignore + "\n", true},
		"hcl text":                   {"main.tf", "a = «b» + \"# " + strings.ReplaceAll(ignore, `"`, `'`) + "\"\n", false},
		"hcl nested text":            {"main.tf", `a = "${f("«b»")} # ` + strings.ReplaceAll(ignore, `"`, `'`) + "\"\n", false},
		"hcl heredoc":                {"main.tf", "a = <<-EOT\n  # " + ignore + "\n  «b»\n  EOT\n", false},
		"hcl behind a heredoc":       {"main.tf", "a = <<EOT\n  x\nEOT\n# " + ignore + "\nb = «c»\n", true},
		"terragrunt":                 {"terragrunt.hcl", "a = «b» # " + ignore + "\n", true},
		"two lines below":            {"main.tf", "# " + ignore + "\na = 1\nb = «c»\n", false},
		"yaml trailing":              {"ci.yml", "a: «b» # " + ignore + "\n", true},
		"yaml above":                 {"ci.yml", "# " + ignore + "\n- a: «b»\n", true},
		"yaml text":                  {"ci.yml", "a: '«b» # " + ignore + "'\n", false},
		"yaml no blank":              {"ci.yml", "a: «b»# " + ignore + "\n", false},
		"yaml script":                {"ci.yml", "run: |\n  echo don't\n  «b» # " + ignore + "\nx: y\n", true},
		"yaml behind a script":       {"ci.yml", "run: |\n  echo \"\nx: «y» # " + ignore + "\n", true},
		"yaml apostrophe":            {"ci.yml", "a: it's\nb: «c» # " + ignore + "\n", true},
		"json":                       {"a.json", "{\"a\": «1» // " + ignore + "\n}", true},
		"json block":                 {"a.json", "{\n  /* " + ignore + " */\n  \"a\": «1»\n}", true},
		"json text":                  {"a.json", "{\"a\": «1», \"b\": \"// " + strings.ReplaceAll(ignore, `"`, `\"`) + "\"}", false},
		"bicep":                      {"a.bicep", "a: «b» // " + ignore + "\n", true},
		"bicep text":                 {"a.bicep", "a: «'b' + '// " + ignore + "'»\n", false},
		"bicep long text":            {"a.bicep", "a: '''\n// " + ignore + "\n«b»'''\n", false},
		"bicep decorators":           {"a.bicep", "// " + ignore + "\n@description('a (b')\n@metadata({\n  c: 'd'\n})\nresource «x» 'y' = {\n", true},
		"bicep first decorator":      {"a.bicep", "// " + ignore + "\n«@description('a')»\nresource x 'y' = {\n", true},
		"bicep among decorators":     {"a.bicep", "«@description('a')»\n// " + ignore + "\n@secure()\nresource x 'y' = {\n", true},
		"bicep below decorators":     {"a.bicep", "«@description('a')»\n// " + ignore + "\nresource x 'y' = {\n", true},
		"bicep behind a decorator":   {"a.bicep", "@description('a') // " + ignore + "\nresource «x» 'y' = {\n", true},
		"bicep within a decorator":   {"a.bicep", "// " + ignore + "\n@metadata({\n  c: «'d'»\n})\nresource x 'y' = {\n", false},
		"bicep another statement":    {"a.bicep", "// " + ignore + "\n@description('a')\nresource x 'y' = {\n}\nresource «z» 'y' = {\n", false},
		"bicep directive":            {"a.bicep", "// " + ignore + "\n#disable-next-line use-parent-property\nresource «x» 'y' = {\n", true},
		"shell":                      {"a.sh", "# " + ignore + "\n«rm» -rf x\n", true},
		"shell text":                 {"a.sh", "«echo» '# " + ignore + "'\n", false},
		"shell length":               {"a.sh", "«echo» ${#a} # " + ignore + "\n", true},
		"shell heredoc":              {"a.sh", "cat <<'EOF' > x\n# " + ignore + "\n«a»\nEOF\n", false},
		"powershell":                 {"a.ps1", "«Remove-Item» x # " + ignore + "\n", true},
		"powershell block":           {"a.ps1", "<# " + ignore + " #>\n«Remove-Item» x\n", true},
		"powershell here-string":     {"a.ps1", "«a» = @'\n'# " + ignore + "\n'@\n", false},
		"sql":                        {"a.sql", "«VACUUM» t; -- " + ignore + "\n", true},
		"sql text":                   {"a.sql", "«x» = '-- it''s " + ignore + "'\n", false},
		"python":                     {"a.py", "«x()» # " + ignore + "\n", true},
		"python text":                {"a.py", "\"\"\"\n# " + ignore + "\n«\"\"\"»\n", false},
		"makefile":                   {"Makefile", "\t«git» push # " + ignore + "\n", true},
		"windows":                    {"main.tf", "# " + ignore + "\r\na = «b»\r\n", true},
		"whole file":                 {"main.tf", "x = 1\ny = «1»\n# " + strings.Replace(ignore, "ignore", "ignore-file", 1), true},
		"another file type":          {"a.md", "# " + ignore + "\n«a»\n", false},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			marked, own, _ := run(t, c.file, c.text, replicated)
			if got := marked != nil; got != c.covered {
				t.Errorf("covered: %v\n%s", got, c.text)
			}
			if marked != nil && (marked.Reason != "rebuilt" || marked.Kind != finding.Inline || len(own) > 0) {
				t.Errorf("%+v %+v", marked, own)
			}
		})
	}
}

func TestDirectives(t *testing.T) {
	cases := []struct{ text, want string }{
		{`drlint:ignore raw/not-replicated reason="a b" until=2027-01-31 owner='team a'`, ""},
		{`drlint:ignore raw/not-replicated , raw/not-backed-up reason = see-123`, ""},
		{`drlint:ignore raw/single-region reason="an alias"`, ""},
		{`drlint:ignore raw/* reason="a glob"`, ""},
		{`drlint:ignore raw/not-replicated until=2026-11-22 reason="the last day"`, ""},
		{`drlint:ignore custom/mine,raw/not-replicated reason="rules that are not loaded"`, ""},
		{`drlint ignores this because of its name`, ""},
		{`drlint:owner is a tag`, ""},
		{`drlint:ignore raw/not-replicated until=2026-11-21 reason="over"`, "ignore/expired: this comment has expired: it was to hold until 2026-11-21"},
		{`drlint:ignore`, "ignore/incomplete: this comment ignores nothing: it names no rule"},
		{`drlint:ignore raw/not-replicated`, "ignore/incomplete: this comment ignores nothing: it gives no reason"},
		{`drlint:ignore raw/not-replicated reason=""`, "ignore/incomplete: this comment ignores nothing: it gives no reason"},
		{`drlint:ignore raw/not-replicated because it is old`, `ignore/incomplete: this comment ignores nothing: "because" is neither a rule behind a comma nor reason="…", until=… or owner=…`},
		{`drlint:ignore raw/not-replicated reason="old`, "ignore/incomplete: this comment ignores nothing: nothing ends the quoted text of reason"},
		{`drlint:ignore raw/not-replicated reason="old" until=31.1.2027`, "ignore/incomplete: this comment ignores nothing: until=31.1.2027 is no day such as 2027-01-31"},
		{`drlint:ignore raw/not-replicated reason="old" expires=2027-01-31`, `ignore/incomplete: this comment ignores nothing: it has an unknown key "expires"; known are reason, until and owner`},
		{`drlint:ignore raw/not-replicate reason="misspelt"`, `ignore/unknown-rule: there is no rule "raw/not-replicate", so this comment does not ignore it; did you mean "raw/not-replicated"?`},
		{`drlint:ignore ignore/unused reason="of itself"`, `ignore/incomplete: this comment ignores nothing: comments cannot ignore "ignore/unused", .drlint.yaml can`},
		{`drlint:ignore-file raw/not-backed-up reason="not there"`, "ignore/unused: this comment ignores nothing: here raw/not-backed-up has nothing to report"},
	}
	for _, typo := range []string{"drlint.ignore", "drlint:skip", "drlint-ignore", "DRLINT:IGNORE", "Drlint:ignore", "drlint:ingore", "drlint:ignore:", "drlint:ignore-line"} {
		cases = append(cases, struct{ text, want string }{
			typo + ` raw/not-replicated reason="x y"`, `ignore/incomplete: this comment ignores nothing: "` + typo + `" is not how a comment ignores a rule`,
		})
	}
	cases = append(cases, struct{ text, want string }{
		`drlint: ignore raw/not-replicated reason="x y"`, `ignore/incomplete: this comment ignores nothing: "drlint:" is not how a comment ignores a rule`,
	}, struct{ text, want string }{
		`drlint ignore raw/not-replicated`, `ignore/incomplete: this comment ignores nothing: "drlint" is not how a comment ignores a rule`,
	})
	for _, c := range cases {
		var got []string
		marked, own, _ := run(t, "main.tf", "a = «b» # "+c.text+"\n", replicated)
		for _, f := range own {
			got = append(got, f.Rule.ID+": "+f.Message)
		}
		if text := strings.Join(got, "\n"); text != c.want && (c.want != "" || !strings.HasPrefix(text, "ignore/unused: raw/not-backed-up is")) {
			t.Errorf("%s:\n got %s\nwant %s", c.text, text, c.want)
		}
		if covers := strings.HasPrefix(c.text, "drlint:ignore ") && c.want == ""; (marked != nil) != covers {
			t.Errorf("%s: covered %v", c.text, marked != nil)
		}
	}
}

func TestWhatIsUnusedCanBeDeleted(t *testing.T) {
	const reason = ` reason="rebuilt"`
	cases := []struct{ text, want string }{
		{"x = 1\n  # drlint:ignore raw/not-backed-up" + reason + "\ny = 1\n", "x = 1\ny = 1\n"},
		{"x = 1   # drlint:ignore raw/not-backed-up" + reason + "\ny = 1\n", "x = 1\ny = 1\n"},
		{"x = 1 /* drlint:ignore raw/not-backed-up" + reason + " */ + 2\n", "x = 1 + 2\n"},
		{"/* drlint:ignore raw/not-backed-up" + reason + " */\r\ny = 1\n", "y = 1\n"},
		{"/*\n * why\n * drlint:ignore raw/not-backed-up" + reason + "\n */\ny = 1\n", "/*\n * why\n */\ny = 1\n"},
		{"y = 1 # why # drlint:ignore raw/not-backed-up" + reason + "\n", "y = 1 # why\n"},
		{"y = 1 // drlint:ignore raw/not-backed-up" + reason, "y = 1"},
		{"a = «1» # drlint:ignore raw/not-backed-up, raw/not-replicated" + reason + "\n", "a = 1 # drlint:ignore raw/not-replicated" + reason + "\n"},
		{"a = «1» # drlint:ignore raw/not-replicated,raw/not-backed-up" + reason + "\n", "a = 1 # drlint:ignore raw/not-replicated" + reason + "\n"},
		{"a = «1» # drlint:ignore raw/not-replicated, raw/not-backed-up,raw/not-b*" + reason + "\n", "a = 1 # drlint:ignore raw/not-replicated" + reason + "\n"},
		{"a = «1» # drlint:ignore raw/not-b*,raw/not-replicated,raw/not-backed-up" + reason + "\n", "a = 1 # drlint:ignore raw/not-replicated" + reason + "\n"},
		{"a = «1» # drlint:ignore raw/not-replicated" + reason + "\n", ""},
	}
	for _, c := range cases {
		_, own, fsys := run(t, "main.tf", c.text, replicated)
		if len(own) == 0 && c.want == "" {
			continue
		}
		if len(own) != 1 || own[0].Rule.ID != "ignore/unused" || len(own[0].Fixes) != 1 || !own[0].Fixes[0].Safe {
			t.Fatalf("%q: %+v", c.text, own)
		}
		if got := edited(string(fsys["main.tf"].Data), own[0].Fixes[0].Edits); got != c.want {
			t.Errorf("%q:\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}

func edited(text string, edits []finding.Edit) string {
	for _, e := range slices.Backward(edits) {
		text = text[:e.At.Start] + e.New + text[e.At.End:]
	}
	return text
}

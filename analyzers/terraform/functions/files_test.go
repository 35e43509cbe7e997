package functions_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/zclconf/go-cty/cty"

	"github.com/drlint/drlint/analyzers/terraform/functions"
)

var fileExamples = []example{
	{`abspath("/srv/../data")`, `"/data"`},
	{`abspath("data")`, "unknown string abspath() depends on the directory that Terraform runs in"},
	{`basename("a/b.txt")`, `"b.txt"`},
	{`basename([])`, "error: string required"},
	{`dirname("a/b.txt")`, `"a"`},
	{`dirname(unktext)`, "unknown string"},
	{`pathexpand("a/~")`, `"a/~"`},
	{`pathexpand("~/.ssh/id")`, "unknown string pathexpand() depends on the home directory of whoever runs Terraform"},

	{`file("config.yaml")`, `"retention: 35\n"`},
	{`file("./sets/../abc.txt")`, `"abc"`},
	{`file("../modules/vault/policy.json")`, `"{\"days\": 7}"`},
	{`file("infra/modules/vault/policy.json")`, `"{\"days\": 7}"`},
	{`file("infra/modules/vault/../../../README.md")`, `"# top\n"`},
	{`file("../../../secrets.txt")`, `unknown string "../../../secrets.txt" lies outside the repository`},
	{`file("/etc/passwd")`, `unknown string "/etc/passwd" is an absolute path, which lies outside the repository`},
	{`file("C:\\x.txt")`, `unknown string "C:\\x.txt" is an absolute path, which lies outside the repository`},
	{`file("~/x.txt")`, `unknown string "~/x.txt" starts at the home directory of whoever runs Terraform`},
	{`file("none.txt")`, "error: there is no file infra/prod/none.txt in the repository"},
	{`file("sets")`, "error: infra/prod/sets is a directory"},
	{`file("binary.dat")`, "error: not valid UTF-8"},
	{`filebase64("binary.dat")`, `"//4A"`},
	{`filebase64("none.dat")`, "error: there is no file"},
	{`fileexists("abc.txt")`, "true"},
	{`fileexists("none.txt")`, "false"},
	{`fileexists("sets")`, "error: is not a regular file"},
	{`fileexists("/etc/passwd")`, `unknown bool "/etc/passwd" is an absolute path, which lies outside the repository`},
	{`filemd5("abc.txt")`, `"900150983cd24fb0d6963f7d28e17f72"`},
	{`filemd5("none")`, "error: there is no file"},
	{`filesha1("abc.txt")`, `"a9993e364706816aba3e25717850c26c9cd0d89d"`},
	{`filesha1("~")`, `unknown string "~" starts at the home directory of whoever runs Terraform`},
	{`filesha256("abc.txt")`, `"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"`},
	{`filesha256("none")`, "error: there is no file"},
	{`filesha512("abc.txt")`, `"ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"`},
	{`filesha512("sets")`, "error: is a directory"},
	{`filebase64sha256("abc.txt")`, `"ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="`},
	{`filebase64sha256("none")`, "error: there is no file"},
	{`filebase64sha512("abc.txt")`, `"3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw=="`},
	{`filebase64sha512("none")`, "error: there is no file"},
	{`fileset("sets", "*.{yaml,yml}")`, `set["a.yaml", "b.yml"]`},
	{`fileset("sets", "**/*.yaml")`, `set["a.yaml", "deep/c.yaml"]`},
	{`fileset(".", "**/x.yaml")`, "set[]"},
	{`fileset("sets", "../*.txt")`, `set["../abc.txt"]`},
	{`fileset("none", "*")`, "set[]"},
	{`fileset("sets", "[")`, "error: syntax error in pattern"},
	{`fileset("sets", "../../../../*")`, `unknown set of string "../../../../*" leads outside the repository`},
	{`fileset("/etc", "*")`, `unknown set of string "/etc" is an absolute path, which lies outside the repository`},
	{`fileset("sets", "{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}")`, "unknown set of string the pattern of fileset() has too many alternatives"},
}

var templateExamples = []example{
	{`templatefile("greet.tftpl", { name = "ops", ports = [80, 443] })`, `"Hello ops :80 :443"`},
	{`templatefile("only.tftpl", { list = [1] })`, "[1]"},
	{`templatefile("greet.tftpl", { name = unktext, ports = [] })`, "unknown string"},
	{`templatefile("greet.tftpl", { name = "x" })`, `error: greet.tftpl uses "ports", which is not among the variables given`},
	{`templatefile("greet.tftpl", { "1x" = "x" })`, `error: "1x" cannot be the name of a template variable`},
	{`templatefile("greet.tftpl", [])`, "error: must be a map or an object, not tuple"},
	{`templatefile("none.tftpl", {})`, "error: there is no file"},
	{`templatefile("broken.tftpl", {})`, "error: "},
	{`templatefile("binary.dat", {})`, "error: not valid UTF-8"},
	{`templatefile("nested.tftpl", {})`, "unknown dynamic templatefile() is called inside a template, which only OpenTofu allows"},
	{`templatefile("/etc/motd", {})`, `unknown dynamic "/etc/motd" is an absolute path, which lies outside the repository`},
	{`templatefile("deep.tftpl", {})`, "unknown dynamic the template cannot be read: the text nests deeper than 250 levels here, so the file was not read"},
	{`templatestring("$${upper(name)}!", { name = "ops" })`, `"OPS!"`},
	{`templatestring("$${name}", { name = secret })`, `sensitive "s3cret"`},
	{`templatestring("$${name}", {})`, `error: the template uses "name", which is not among the variables given`},
	{`templatestring("$${[for x in y : x]}", {y = unk})`, "unknown dynamic"},
	{`templatestring("a $${templatestring(\"b\", {})}", {})`, "unknown string templatestring() is called inside a template, which only OpenTofu allows"},
	{`templatestring("a $${core::templatefile(\"b\", {})}", {})`, "unknown string templatefile() is called inside a template, which only OpenTofu allows"},
}

// TestLinksStayInside reads through symbolic links of a real directory: one
// within the repository and one that leads out of it.
func TestLinksStayInside(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "outside.txt")
	dir := t.TempDir()
	for path, text := range map[string]string{outside: "secret", filepath.Join(dir, "inside.txt"): "fine"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, target := range map[string]string{"near.txt": "inside.txt", "far.txt": outside} {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Skip("no symbolic links here: ", err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = root.Close() }()
	table := functions.Table(functions.Scope{FS: root.FS(), ModuleDir: ".", RootDir: "."})
	if got, _ := evaluate(t, table, `file("near.txt")`); show(got) != `"fine"` {
		t.Errorf("a link within the repository gives %s", show(got))
	}
	for _, name := range []string{"file", "filebase64", "filemd5", "fileexists"} {
		got, err := evaluate(t, table, name+`("far.txt")`)
		if err != nil || got.IsKnown() || !strings.Contains(show(got), "the file far.txt cannot be read") {
			t.Errorf("%s of a link that leads out is %s, %v", name, show(got), err)
		}
	}
}

func TestFileLimits(t *testing.T) {
	scope := functions.Scope{
		FS:      fstest.MapFS{"big.txt": {Data: []byte(strings.Repeat("x", 1000))}},
		RootDir: ".", ModuleDir: ".",
		Limit: functions.Limit{Bytes: 100, FileBytes: 2000},
	}
	for expr, want := range map[string]string{
		`file("big.txt")`:             "unknown string the file big.txt is larger than 100 bytes",
		`templatefile("big.txt", {})`: "unknown dynamic the file big.txt is larger than 100 bytes",
		`filemd5("big.txt")`:          `"398533d19d5d4ea8ffe5c9c4f4c4a0dc"`,
	} {
		got, err := evaluate(t, functions.Table(scope), expr)
		if err != nil || (show(got) != want && !strings.HasPrefix(want, `"`)) || got.IsKnown() != strings.HasPrefix(want, `"`) {
			t.Errorf("%s is %s, %v; want %s", expr, show(got), err, want)
		}
	}
}

// TestFilesAreReadThroughTheScope uses an empty file system: nothing may come
// from the working directory.
func TestFilesAreReadThroughTheScope(t *testing.T) {
	table := functions.Table(functions.Scope{FS: fstest.MapFS{}, RootDir: ".", ModuleDir: "."})
	if got, _ := table["fileexists"].Call([]cty.Value{cty.StringVal("files_test.go")}); !got.RawEquals(cty.False) {
		t.Errorf("fileexists finds a file outside of the scope: %#v", got)
	}
}

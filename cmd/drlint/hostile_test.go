package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// hostile maps a file to its content and the diagnostic that it must give; ""
// means that it is read.
var hostile = map[string]struct{ content, code string }{
	"deep/main.tf":            {"x = " + strings.Repeat("(", 100_000), "guard/too-deep"},
	"deeper/main.tf":          {"locals {\n  x = " + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000) + "\n}\n", "guard/too-deep"},
	"templates/main.tf":       {"locals {\n  x = " + strings.Repeat(`"${`, 100_000), "guard/too-deep"},
	"json/main.tf.json":       {`{"locals":` + strings.Repeat("[", 100_000), "guard/too-deep"},
	"large/main.tf":           {strings.Repeat("# a comment that goes on and on\n", 50<<20/32), "guard/too-large"},
	"latin/main.tf":           {"locals {\n  x = \"caf\xe9\"\n}\n", "guard/not-utf8"},
	"nul/main.tf":             {"locals {\n  x = \"\x00\"\n}\n", "guard/binary"},
	"syntax/main.tf":          {"resource \"aws_s3_bucket\" \"half\" {\n  bucket = \n", "terraform/syntax"},
	"cycle/main.tf":           {"locals {\n  a = local.b\n  b = local.a\n}\noutput \"x\" {\n  value = local.a\n}\nresource \"aws_s3_bucket\" \"b\" {\n  bucket = local.a\n}\n", "terraform/cycle"},
	"missing/main.tf":         {"module \"gone\" {\n  source = \"./gone\"\n}\n", "terraform/module-missing"},
	"loop/main.tf":            {"module \"self\" {\n  source = \"../loop/x\"\n}\n", ""},
	"loop/x/main.tf":          {"module \"back\" {\n  source = \"../x\"\n}\n", "terraform/module-cycle"},
	"million/main.tf":         {"locals {\n  x = [for a in range(1000) : [for b in range(1000) : \"${a}-${b}\"]]\n}\nresource \"aws_s3_bucket\" \"m\" {\n  bucket = join(\"\", flatten(local.x))\n}\n", "terraform/budget"},
	"crlf/main.tf":            {"resource \"aws_s3_bucket\" \"crlf\" {\r\n  bucket = \"acme-crlf\"\r\n}\r\n", ""},
	"marked/main.tf":          {"\xef\xbb\xbfresource \"aws_s3_bucket\" \"bom\" {\n  bucket = \"acme-bom\"\n}\n", ""},
	"good/main.tf":            {"resource \"aws_s3_bucket\" \"good\" {\n  bucket = \"acme-good\"\n}\n", ""},
	".github/workflows/a.yml": {"a: &a [1,2,3,4,5,6,7,8,9]\n" + bomb(), "yaml/"},
	".github/workflows/b.yml": {"on: push\njobs: " + strings.Repeat("[", 100_000), "guard/too-deep"},
	".github/workflows/c.yml": {"on: push\njobs:\n\tbroken: yes\n", "yaml/"},
	".github/workflows/d.yml": {"on: push\njobs: 7\n", "github-actions/"},
}

// bomb multiplies a list nine times at each of nine levels.
func bomb() string {
	var b strings.Builder
	for level := 'b'; level <= 'i'; level++ {
		b.WriteString(string(level) + ": &" + string(level) + " [")
		for i := range 9 {
			if i > 0 {
				b.WriteString(",")
			}
			b.WriteString("*" + string(level-1))
		}
		b.WriteString("]\n")
	}
	return b.String()
}

func TestHostileInputIsDiagnosedAndTheRestIsScanned(t *testing.T) {
	dir := t.TempDir()
	for name, file := range hostile {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(file.content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(".", filepath.Join(dir, "circle")); err != nil {
		t.Log("no symbolic links here: ", err)
	}
	var stdout, stderr bytes.Buffer
	if code := Main(context.Background(), []string{"check", "--format", "json", "--fail-on", "never", dir}, &stdout, &stderr); code != exitClean {
		t.Fatalf("exit %d: %s", code, stderr.String())
	}
	var got struct {
		Assets      []struct{ Address string }
		Diagnostics []struct {
			Code     string
			Location struct {
				File  string
				Start struct{ Line int }
			}
		}
	}
	if err := json.Unmarshal(stdout.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	codes := map[string][]string{}
	for _, d := range got.Diagnostics {
		codes[d.Location.File] = append(codes[d.Location.File], d.Code)
		if _, named := hostile[d.Location.File]; !named {
			t.Errorf("%s at %q, which is not a file of the repository", d.Code, d.Location.File)
		}
	}
	for name, file := range hostile {
		found := strings.Join(codes[name], " ")
		if file.code == "" && found != "" || file.code != "" && !strings.Contains(found, file.code) {
			t.Errorf("%s: got %q, want %q", name, found, file.code)
		}
	}
	addresses := stdout.String()
	for _, want := range []string{"aws_s3_bucket.good", "aws_s3_bucket.crlf", "aws_s3_bucket.bom", "aws_s3_bucket.half", "aws_s3_bucket.m"} {
		if !strings.Contains(addresses, `"address": "`+want+`"`) {
			t.Errorf("%s is not among the assets", want)
		}
	}
}

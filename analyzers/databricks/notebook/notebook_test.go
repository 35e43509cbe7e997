package notebook

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/drlint/drlint/internal/resource"
)

func TestOrigin(t *testing.T) {
	for _, c := range []struct{ file, head, want string }{
		{"a.py", "# Databricks notebook source\nx", Databricks},
		{"a.py", "\xef\xbb\xbf# Databricks notebook source\r\nx", Databricks},
		{"a.sql", "-- Databricks notebook source", Databricks},
		{"a.scala", "// Databricks notebook source\n", Databricks},
		{"notebook-content.py", "# Fabric notebook source\n\n", Fabric},
		{"a.sql", "# Databricks notebook source", File},
		{"a.py", "print('# Databricks notebook source')", File},
		{"a.py", "", File},
	} {
		if got := Origin(c.file, []byte(c.head)); got != c.want {
			t.Errorf("Origin(%s, %q) = %s, want %s", c.file, c.head, got, c.want)
		}
	}
}

func TestIntervalHours(t *testing.T) {
	for text, want := range map[string]float64{
		"interval 7 days": 168, "30 days": 720, "INTERVAL 1 week": 168, "168 hours": 168, "interval '2' days": 48, "1 day 12 hours": 36,
	} {
		if got, ok := IntervalHours(text); !ok || got != want {
			t.Errorf("IntervalHours(%q) = %v, %v, want %v", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "interval", "7", "1 month", "x days", "-1 days", "1e300 days"} {
		if got, ok := IntervalHours(text); ok {
			t.Errorf("IntervalHours(%q) = %v, want none", text, got)
		}
	}
}

// summary lists what a file writes and vacuums, a line each.
func summary(attrs resource.Value) string {
	var lines []string
	show := func(v resource.Value) string {
		if text, ok := v.AsString(); ok {
			return text
		}
		return "?" + strings.ReplaceAll(v.Hint, string(resource.Hole), "…")
	}
	for _, w := range attrs.Get("writes").Items {
		lines = append(lines, show(w.Get("mode"))+" "+show(w.Get("target")))
	}
	for _, v := range attrs.Get("vacuums").Items {
		lines = append(lines, "vacuum "+show(v.Get("table"))+" "+show(v.Get("retain_hours")))
	}
	return strings.Join(lines, "\n")
}

func TestPatterns(t *testing.T) {
	for _, c := range []struct{ name, file, text, want string }{
		{"a comment", "a.py", "# df.write.save('x')\n", ""},
		{"a text", "a.py", "s = \"df.write.save('x')\"\n", ""},
		{"a long text", "a.py", "'''\ndf.write.save('x')\n'''\n", ""},
		{"a chain over lines", "a.py", "df.write \\\n  .mode('append') \\\n  .save('x')\n", "append x"},
		{"a path in parts", "a.py", "import os\nroot = '/mnt'\ndf.write.save(os.path.join(root, 'a', b))\n", "new_file ?/mnt/a/…"},
		{"a format", "a.py", "df.write.save('/x/{}/y'.format(day))\n", "new_file ?/x/…/y"},
		{"a format of known names", "a.py", "a = 'raw'\nb = 'orders'\ndf.write.save('/{1}/{0}/{z}/{0}'.format(b, a, z='v1'))\n", "new_file /raw/orders/v1/orders"},
		{"a percent of a tuple", "a.py", "a = 'raw'\ndf.write.save('/%s/%s' % (a, day))\n", "new_file ?/raw/…"},
		{"a percent of one", "a.py", "a = 'raw'\ndf.write.save('/%s' % a)\n", "new_file /raw"},
		{"a format with too few", "a.py", "df.write.save('/x/{0}/{3}'.format(day))\n", "new_file ?/x/…/…"},
		{"a percent", "a.py", "df.write.save('/x/%s' % day)\n", "new_file ?/x/…"},
		{"no terminal call", "a.py", "w = df.write.mode('overwrite')\n", ""},
		{"another write", "a.py", "file.write('x')\nfile.write.flush()\n", ""},
		{"a name set in a loop", "a.py", "for t in ts:\n  df.write.save(t)\n", "new_file ?…"},
		{"a name set in a function", "a.py", "def f(t):\n  df.write.save(t)\nt = 'x'\n", "new_file ?…"},
		{"a name set once", "a.py", "t = 'x'\ndf.write.save(t)\n", "new_file x"},
		{"a parameter of sql", "a.py", "t = 'a.b'\nspark.sql(f'TRUNCATE TABLE {t}')\nspark.sql(f'INSERT INTO {t} SELECT 1')\n", "overwrite a.b"},
		{"two placeholders that touch", "a.py", "spark.sql(f'MERGE INTO {a}{b}.c USING d ON 1')\n", "upsert ?….c"},
		{"delete and vacuum of pandas", "a.py", "table.vacuum(0)\n", ""},
		{"SQL over lines", "a.sql", "-- Databricks notebook source\nINSERT\n  OVERWRITE\n  a.b\nSELECT 1", "overwrite a.b"},
		{"a word in a column", "a.sql", "SELECT vacuum, merge FROM t", ""},
		{"a quoted name", "a.sql", "VACUUM `a-b`.`c` RETAIN 12 HOURS", "vacuum a-b.c 12"},
		{"a parameter of VACUUM", "a.sql", "VACUUM t RETAIN :hours HOURS", "vacuum t ?"},
		{"columns before REPLACE", "a.sql", "INSERT INTO t (a, b) REPLACE WHERE a = 1 SELECT 1", "overwrite t"},
		{"a view", "a.sql", "CREATE OR REPLACE VIEW v AS SELECT 1; CREATE OR REPLACE TEMP VIEW w AS SELECT 1", ""},
		{"Scala", "a.scala", "val t = \"a.b\"\ndf.write.mode(\"overwrite\").saveAsTable(t)\n", "overwrite a.b"},
		{"Scala's comment", "a.scala", "// df.write.save(\"a\")\n/* df.write.save(\"b\") */\n", ""},
		{"a Windows file", "a.py", "df.write \\\r\n  .save('x')\r\n", "new_file x"},
	} {
		t.Run(c.name, func(t *testing.T) {
			attrs, _ := Read(c.file, []byte(c.text))
			if diff := cmp.Diff(c.want, summary(attrs)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Input that invites to look at the same text again and again ends, and what is
// kept of it is bounded.
func TestHostileInput(t *testing.T) {
	for name, text := range map[string]string{
		"open brackets": strings.Repeat("a.write.save(", 20_000),
		"vacuums":       "-- delta.\n" + strings.Repeat("VACUUM a\n", 20_000),
		"loops":         strings.Repeat("for ", 20_000),
		"names":         "a = b + b\n" + strings.Repeat("b = a + a + a\n", 5_000) + "df.write.save(a)\n",
		"doubling":      doubling(),
		"properties":    strings.Repeat("TBLPROPERTIES ('delta.logRetentionDuration' = '1 day') ", 5_000),
		"creates":       strings.Repeat("CREATE OR REPLACE TABLE a ", 10_000),
		"merges":        strings.Repeat("a.merge(b).whenMatched()", 10_000),
	} {
		for _, file := range []string{"a.py", "a.sql", "a.scala"} {
			attrs, _ := Read(file, []byte(text))
			for _, list := range []string{"writes", "vacuums", "properties", "clones"} {
				if got := len(attrs.Get(list).Items); got > maxFound {
					t.Errorf("%s as %s: %d %s", name, file, got, list)
				}
			}
		}
	}
}

// doubling is a chain of names each of which stands for two of the one before.
func doubling() string {
	var b strings.Builder
	b.WriteString("v0 = 'x'\n")
	for i := range 100 {
		name, next := "v"+strings.Repeat("i", i), "v"+strings.Repeat("i", i+1)
		b.WriteString(next + " = " + name + strings.Repeat(" + "+name, 50) + "\n")
	}
	b.WriteString("df.write.save(v" + strings.Repeat("i", 100) + ")\n")
	return b.String()
}

func FuzzRead(f *testing.F) {
	archive, err := txtar.ParseFile("../testdata/notebooks.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for i, file := range archive.Files {
		if file.Name != "want.txt" {
			f.Add(uint8(i), file.Data)
		}
	}
	f.Add(uint8(0), []byte("forName().merge().when()0"))
	files := []string{"a.py", "a.scala", "a.sql", "a.sql", "a.ipynb", "a.ipynb", "a.r"}
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		attrs, _ := Read(files[int(which)%len(files)], data)
		var visit func(v resource.Value)
		visit = func(v resource.Value) {
			if v.At.Start < 0 || v.At.Start > v.At.End || v.At.End > len(data) {
				t.Fatalf("%+v lies outside of %d bytes", v.At, len(data))
			}
			if v.IsUnknown() && v.Why == "" {
				t.Fatalf("a value is unknown without a reason at %+v", v.At)
			}
			for _, item := range v.Items {
				visit(item)
			}
			for _, field := range v.Fields {
				visit(field.Value)
			}
		}
		visit(attrs)
	})
}

package terraform

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/drlint/drlint/internal/source"
)

// BenchmarkAnalyze evaluates a repository of 1,000 files: 100 roots, each with
// eight files of its own, that share 20 modules of ten files.
func BenchmarkAnalyze(b *testing.B) {
	files := fstest.MapFS{}
	var tree source.Tree
	add := func(name, text string) {
		files[name] = &fstest.MapFile{Data: []byte(text)}
		tree.Files = append(tree.Files, name)
	}
	for m := range 20 {
		add(fmt.Sprintf("modules/m%02d/a_variables.tf", m), `
variable "name" { type = string }
variable "rules" {
  type    = map(object({ days = optional(number, 30), tier = optional(string) }))
  default = { a = {}, b = { days = 90 } }
}
output "arn" { value = aws_s3_bucket.f1[0].arn }
`)
		for f := range 9 {
			add(fmt.Sprintf("modules/m%02d/f%d.tf", m, f), fmt.Sprintf(benchmarkResource, f, f, f, f))
		}
	}
	for r := range 100 {
		var calls strings.Builder
		for c := range 4 {
			fmt.Fprintf(&calls, "module \"c%d\" {\n  source = \"../../modules/m%02d\"\n  name   = \"${local.prefix}-c%d\"\n}\n", c, (r+c)%20, c)
		}
		add(fmt.Sprintf("roots/r%02d/main.tf", r), "locals {\n  prefix = \"acme-${var.env}\"\n}\nvariable \"env\" {\n  default = \"prod\"\n}\nvariable \"name\" {}\nvariable \"rules\" {\n  default = {}\n}\n"+calls.String())
		for f := range 7 {
			add(fmt.Sprintf("roots/r%02d/f%d.tf", r, f), fmt.Sprintf(benchmarkResource, f, f, f, f))
		}
	}
	tree.FS = files
	size := 0
	for _, file := range files {
		size += len(file.Data)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		if result := analyze(tree); len(result.Diagnostics) > 0 {
			b.Fatal(result.Diagnostics[0])
		}
	}
}

const benchmarkResource = `
resource "aws_s3_bucket" "f%d" {
  count         = 1
  bucket        = "${var.name}-f%d"
  force_destroy = false
  tags = merge({ Name = var.name }, { for k, r in var.rules : k => tostring(r.days) })
  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "f%d" {
  bucket = aws_s3_bucket.f%d[0].id
  dynamic "rule" {
    for_each = var.rules
    content {
      id     = rule.key
      status = "Enabled"
      expiration {
        days = try(rule.value.days, 30)
      }
    }
  }
}
`

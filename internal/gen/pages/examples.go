package pages

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/tools/txtar"

	"github.com/drlint/drlint/internal/finding"
)

// Example is a small repository and the verdicts that one rule must give on it.
type Example struct {
	Verdict finding.Verdict
	Name    string
	// Files are named relative to the root of the repository.
	Files []txtar.File
	// Want has one line a verdict: "main.tf:5:30 fail aws_s3_bucket.raw: message"
	// or "pass aws_s3_bucket.raw".
	Want string
}

// wantName is the file of an archive that holds the expected verdicts.
const wantName = "want"

// ParseExamples reads the archive beside a rule: prose, then files named
// <verdict>/<example>/<path>, among them <verdict>/<example>/want.
func ParseExamples(data []byte) (prose string, examples []Example, err error) {
	archive := txtar.Parse(data)
	for _, f := range archive.Files {
		verdict, rest, _ := strings.Cut(f.Name, "/")
		name, file, ok := strings.Cut(rest, "/")
		if !ok || headings[finding.Verdict(verdict)] == "" {
			return "", nil, fmt.Errorf("%s is not named <verdict>/<example>/<path>", f.Name)
		}
		i := slices.IndexFunc(examples, func(e Example) bool { return string(e.Verdict) == verdict && e.Name == name })
		if i < 0 {
			examples = append(examples, Example{Verdict: finding.Verdict(verdict), Name: name})
			i = len(examples) - 1
		}
		if file == wantName {
			examples[i].Want = string(f.Data)
		} else {
			examples[i].Files = append(examples[i].Files, txtar.File{Name: file, Data: f.Data})
		}
	}
	return strings.TrimSpace(string(archive.Comment)), examples, nil
}

// FormatExamples is the inverse of ParseExamples.
func FormatExamples(prose string, examples []Example) []byte {
	archive := &txtar.Archive{}
	if prose != "" {
		archive.Comment = []byte(prose + "\n\n")
	}
	for _, e := range examples {
		folder := string(e.Verdict) + "/" + e.Name + "/"
		for _, f := range e.Files {
			archive.Files = append(archive.Files, txtar.File{Name: folder + f.Name, Data: f.Data})
		}
		archive.Files = append(archive.Files, txtar.File{Name: folder + wantName, Data: []byte(e.Want)})
	}
	return txtar.Format(archive)
}

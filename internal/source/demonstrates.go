package source

import (
	"slices"
	"strings"
)

// demonstrations are the words of directory names that hold what shows or tests
// how something is used, rather than what runs.
var demonstrations = []string{
	"example", "examples", "sample", "samples", "demo", "demos", "test", "tests", "testdata", "fixture", "fixtures",
	"doc", "docs", "documentation",
}

// Demonstrates reports whether a path lies in a directory whose name says that
// it holds examples, tests or documentation: "examples/basic",
// "single_tech_samples/lake", "SamplesV2", "docs/reference".
func Demonstrates(path string) bool {
	for element := range strings.SplitSeq(strings.ToLower(path), "/") {
		words := strings.FieldsFunc(element, func(r rune) bool { return r == '-' || r == '_' || r == '.' })
		if slices.ContainsFunc(words, func(word string) bool { return slices.Contains(demonstrations, unnumbered(word)) }) {
			return true
		}
	}
	return false
}

// unnumbered cuts off a number or a version: "samplesv2" is "samples".
func unnumbered(word string) string {
	name := strings.TrimRight(word, "0123456789")
	if name != word {
		name = strings.TrimSuffix(name, "v")
	}
	return name
}

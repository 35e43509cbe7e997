package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// fence is a block of code on a page: ```LANGUAGE FILE.
type fence struct {
	language, file string
	body           string
	line           int
}

// page is a document for users, with its code apart from its text.
type page struct {
	name   string // with slashes, below the root of this repository
	text   string // without fences
	fences []fence
}

// pages reads the documents that match the patterns.
func pages(t *testing.T, patterns ...string) (all []page) {
	t.Helper()
	for _, pattern := range patterns {
		names, err := filepath.Glob(filepath.Join(top, filepath.FromSlash(pattern)))
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			below, _ := filepath.Rel(top, name)
			all = append(all, readPage(filepath.ToSlash(below), string(data)))
		}
	}
	return all
}

var documents = []string{"README.md", "CONTRIBUTING.md", "SECURITY.md", "docs/*.md"}

func readPage(name, data string) page {
	p := page{name: name}
	var text strings.Builder
	var open *fence
	number := 0
	for line := range strings.Lines(data) {
		number++
		mark, info, _ := strings.Cut(strings.TrimSpace(line), "```")
		switch fenced := strings.HasPrefix(strings.TrimSpace(line), "```"); {
		case fenced && open == nil:
			open = &fence{line: number}
			open.language, open.file, _ = strings.Cut(mark+info, " ")
		case fenced:
			p.fences, open = append(p.fences, *open), nil
		case open != nil:
			open.body += line
		default:
			text.WriteString(line)
		}
	}
	p.text = text.String()
	return p
}

func (p page) at(f fence) string { return fmt.Sprintf("%s:%d", p.name, f.line) }

var (
	pageLink    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	pageHeading = regexp.MustCompile(`(?m)^#+ +(.*)$`)
	noSlug      = regexp.MustCompile(`[^\p{L}\p{N}_ -]`)
)

// anchors are the names that GitHub gives to the headings of a page.
func (p page) anchors() (names []string) {
	for _, found := range pageHeading.FindAllStringSubmatch(p.text, -1) {
		slug := noSlug.ReplaceAllString(strings.ToLower(found[1]), "")
		names = append(names, strings.ReplaceAll(slug, " ", "-"))
	}
	return names
}

package difference

import (
	"bytes"
	"cmp"
	"path"
	"slices"
	"strings"
)

func compareFiles(a, b File) int {
	return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(string(a.Kind), string(b.Kind)))
}

// Renaming is recognized by content: at least half of the bytes stand in lines
// that both files have. Only so many files are compared with each other.
const (
	alike          = 0.5
	mostCandidates = 200
)

// pair is a file that is gone and a new one that may be the same.
type pair struct {
	removed, added string
	likeness       float64
}

// renamed pairs files that are gone with new ones of the same extension, the
// likest first.
func renamed(sides Sides, removed, added []string) []File {
	var files []File
	taken := map[string]bool{}
	for _, p := range pairs(sides, removed, added) {
		if !taken["-"+p.removed] && !taken["+"+p.added] {
			taken["-"+p.removed], taken["+"+p.added] = true, true
			files = append(files, File{Name: p.added, Older: p.removed, Kind: Edited})
		}
	}
	for _, name := range removed {
		if !taken["-"+name] {
			files = append(files, File{Name: name, Older: name, Kind: Deleted})
		}
	}
	for _, name := range added {
		if !taken["+"+name] {
			files = append(files, File{Name: name, Kind: Added})
		}
	}
	return files
}

func pairs(sides Sides, removed, added []string) []pair {
	if len(removed) == 0 || len(added) == 0 || len(removed) > mostCandidates || len(added) > mostCandidates {
		return nil
	}
	texts := make([][]byte, len(added))
	for i, name := range added {
		texts[i] = read(sides.Newer, name)
	}
	var found []pair
	for _, gone := range removed {
		text := read(sides.Older, gone)
		if len(text) == 0 {
			continue
		}
		lines := weigh(text)
		for i, name := range added {
			if path.Ext(name) != path.Ext(gone) || len(texts[i]) == 0 {
				continue
			}
			if p := (pair{gone, name, likeness(lines, text, texts[i])}); p.likeness >= alike {
				found = append(found, p)
			}
		}
	}
	slices.SortFunc(found, func(a, b pair) int {
		return cmp.Or(
			cmp.Compare(b.likeness, a.likeness), cmp.Compare(otherName(a), otherName(b)),
			strings.Compare(a.removed, b.removed), strings.Compare(a.added, b.added))
	})
	return found
}

func otherName(p pair) int {
	if path.Base(p.removed) == path.Base(p.added) {
		return 0
	}
	return 1
}

// weigh counts each line of a text.
func weigh(text []byte) map[string]int {
	lines := map[string]int{}
	for line := range bytes.Lines(text) {
		lines[string(bytes.TrimRight(line, "\r\n"))]++
	}
	return lines
}

// likeness is the share of the larger text that stands in lines of both.
func likeness(lines map[string]int, older, newer []byte) float64 {
	if 2*len(older) < len(newer) || 2*len(newer) < len(older) {
		return 0
	}
	common := 0
	seen := map[string]int{}
	for line := range bytes.Lines(newer) {
		text := string(bytes.TrimRight(line, "\r\n"))
		if seen[text]++; seen[text] <= lines[text] {
			common += len(line)
		}
	}
	return min(1, float64(common)/float64(max(len(older), len(newer))))
}

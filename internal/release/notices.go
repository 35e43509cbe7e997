package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// module is a Go module that is linked into the binary.
type module struct{ path, version, dir string }

// readModules reads lines of path, version and directory, separated by tabs.
// Lines of packages that belong to no module are empty.
func readModules(r io.Reader) (modules []module, err error) {
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		fields := strings.Split(lines.Text(), "\t")
		if lines.Text() == "" {
			continue
		}
		if len(fields) != 3 || fields[2] == "" {
			return nil, fmt.Errorf("not a module with its version and directory: %q", lines.Text())
		}
		modules = append(modules, module{fields[0], fields[1], fields[2]})
	}
	slices.SortFunc(modules, func(a, b module) int { return strings.Compare(a.path, b.path) })
	return slices.Compact(modules), lines.Err()
}

// notice is what the licence of a module asks to be passed on.
type notice struct {
	module
	licences []string // SPDX identifiers; all of them hold
	files    []entry
}

// legal are the beginnings of the names of files that licences are in.
var legal = []string{"license", "licence", "copying", "notice", "patents"}

// readNotices collects the licences of all modules. A module whose licence is
// not known ends the release: somebody has to read it first.
func readNotices(modules []module) ([]notice, error) {
	var all []notice
	for _, m := range modules {
		listed, err := os.ReadDir(m.dir)
		if err != nil {
			return nil, err
		}
		n := notice{module: m}
		for _, file := range listed {
			if !slices.ContainsFunc(legal, func(begin string) bool { return strings.HasPrefix(strings.ToLower(file.Name()), begin) }) || !file.Type().IsRegular() {
				continue
			}
			data, err := os.ReadFile(filepath.Join(m.dir, file.Name()))
			if err != nil {
				return nil, err
			}
			n.licences = append(n.licences, licencesOf(data)...)
			n.files = append(n.files, entry{name: path.Join("licences", m.path, file.Name()), data: data})
		}
		slices.Sort(n.licences)
		if n.licences = slices.Compact(n.licences); len(n.licences) == 0 {
			return nil, fmt.Errorf("%s %s: its licence is not known", m.path, m.version)
		}
		all = append(all, n)
	}
	return all, nil
}

// marks tell licences by words that their texts hold, in lower case and with
// single spaces. A text may hold several licences.
var marks = []struct {
	licence string
	words   []string
}{
	{"Apache-2.0", []string{"apache license", "version 2.0"}},
	{"BSD-2-Clause", []string{"redistribution and use in source and binary forms"}},
	{"BSD-3-Clause", []string{"redistribution and use in source and binary forms", "endorse or promote products"}},
	{"MIT", []string{"permission is hereby granted, free of charge", "this permission notice shall be included"}},
	{"MPL-2.0", []string{"mozilla public license", "2.0", "secondary license"}},
}

func licencesOf(text []byte) (licences []string) {
	flat := strings.Join(strings.Fields(strings.ToLower(string(text))), " ")
	for _, mark := range marks {
		if !slices.ContainsFunc(mark.words, func(word string) bool { return !strings.Contains(flat, word) }) {
			licences = append(licences, mark.licence)
		}
	}
	if slices.Contains(licences, "BSD-3-Clause") { // which holds all words of the other
		licences = slices.DeleteFunc(licences, func(licence string) bool { return licence == "BSD-2-Clause" })
	}
	return licences
}

// summary lists the modules and their licences for people.
func summary(notices []notice) []byte {
	var b bytes.Buffer
	fmt.Fprint(&b, "drlint is distributed under the Apache License 2.0, see LICENSE.\n"+
		"Its binary holds the following modules, unchanged. Their licences are in the\n"+
		"folder licences; the source of each is at the address that it is named by.\n\n")
	for _, n := range notices {
		if n.path != self {
			fmt.Fprintf(&b, "%-16s %s %s\n", strings.Join(n.licences, ", "), n.path, n.version)
		}
	}
	return b.Bytes()
}

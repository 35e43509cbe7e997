package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
)

// TestRelease builds a release and looks inside.
func TestRelease(t *testing.T) {
	source, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	home, err := os.UserHomeDir()
	if err != nil {
		t.Skip("no home directory, and so no cache of Go modules:", err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		Condition: func(name string) (bool, error) {
			if name != "short" {
				return false, os.ErrInvalid
			}
			return testing.Short(), nil
		},
		Setup: func(env *testscript.Env) error {
			targets := os.Getenv("RELEASE_TARGETS")
			if targets == "" {
				targets = "linux/amd64 windows/arm64"
			}
			env.Setenv("TARGETS", targets)
			env.Setenv("SOURCE", source)
			env.Setenv("HOME", home)
			env.Setenv("SOURCE_DATE_EPOCH", "1767225600")
			return nil
		},
	})
}

// Archives do not depend on the order of files.
func TestArchivesAreReproducible(t *testing.T) {
	files := []entry{{name: "drlint", data: []byte("program"), runs: true}, {name: "LICENSE", data: []byte("text")}, {name: "man/drlint.1", data: []byte("page")}}
	reversed := slices.Clone(files)
	slices.Reverse(reversed)
	built := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	for name, write := range map[string]func(string, []entry, time.Time) ([]byte, error){"tar": writeTar, "zip": writeZip} {
		one, err := write("drlint_1", files, built)
		if err != nil {
			t.Fatal(err)
		}
		two, err := write("drlint_1", reversed, built)
		if err != nil || !bytes.Equal(one, two) {
			t.Errorf("%s: the order of the files changes the archive: %v", name, err)
		}
	}
}

func TestLicencesAreRecognised(t *testing.T) {
	for text, want := range map[string][]string{
		"Mozilla Public License, version 2.0\n … Secondary License …":                                                      {"MPL-2.0"},
		"Apache License\n   Version 2.0, January 2004":                                                                     {"Apache-2.0"},
		"Redistribution and use in source and binary forms, with or without modification\n … endorse or promote\nproducts": {"BSD-3-Clause"},
		"Redistribution and use in source\nand binary forms, with or without modification":                                 {"BSD-2-Clause"},
		"Permission is hereby granted, free of charge, to any person … this permission notice shall be included in":        {"MIT"},
		"All rights reserved.": nil,
	} {
		if diff := cmp.Diff(want, licencesOf([]byte(text))); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

// A module without a known licence ends the release.
func TestUnknownLicencesAreRefused(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "LICENSE"), []byte("All rights reserved."), 0o644); err != nil {
		t.Fatal(err)
	}
	modules, err := readModules(strings.NewReader("\nexample.com/closed\tv1.0.0\t" + dir + "\n"))
	if err != nil || len(modules) != 1 {
		t.Fatalf("got %v, %v", modules, err)
	}
	if _, err := readNotices(modules); err == nil || !strings.Contains(err.Error(), "example.com/closed v1.0.0: its licence is not known") {
		t.Errorf("got %v", err)
	}
}

// The bill names what the Go toolchain recorded in a binary.
func TestBillNamesAllModules(t *testing.T) {
	info := &debug.BuildInfo{GoVersion: "go1.26.8", Deps: []*debug.Module{
		{Path: "example.com/b", Version: "v2.0.0", Sum: "h1:b="},
		{Path: "example.com/a", Version: "v1.0.0", Replace: &debug.Module{Path: "example.com/fork", Version: "v1.0.1", Sum: "h1:fork="}},
	}}
	licences := map[string][]string{"example.com/b": {"MIT"}, "example.com/fork": {"Apache-2.0", "MIT"}}
	got, err := components(info, licences)
	if err != nil {
		t.Fatal(err)
	}
	var refs []string
	for _, c := range got {
		refs = append(refs, fmt.Sprint(c.Purl, " ", len(c.Licences), " ", c.Properties))
	}
	want := []string{
		"pkg:golang/example.com/b@v2.0.0 1 [{golang:h1 h1:b=}]",
		"pkg:golang/example.com/fork@v1.0.1 2 [{golang:h1 h1:fork=}]",
		"pkg:golang/std@1.26.8 1 []",
	}
	if diff := cmp.Diff(want, refs); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	delete(licences, "example.com/b")
	if _, err := components(info, licences); err == nil || !strings.Contains(err.Error(), "example.com/b is in the binary and not in the list") {
		t.Errorf("got %v", err)
	}
}

package main

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// writable checks that a report can be written to a file and returns the one
// place that all names of that file lead to.
func writable(name string) (string, error) {
	full, err := filepath.Abs(name)
	if err != nil {
		return "", usage("%w", err)
	}
	directory, err := filepath.EvalSymlinks(filepath.Dir(full))
	if err != nil {
		return "", usage("%s cannot be written: there is no directory %s", name, filepath.Dir(name))
	}
	if info, err := os.Stat(directory); err != nil || !info.IsDir() {
		return "", usage("%s cannot be written: %s is not a directory", name, filepath.Dir(name))
	}
	place := filepath.Join(directory, filepath.Base(full))
	if leads, err := filepath.EvalSymlinks(place); err == nil {
		place = leads
	}
	if info, err := os.Stat(place); err == nil && info.IsDir() {
		return "", usage("%s cannot be written: it is a directory", name)
	}
	return place, nil
}

// replaceFile writes a file whole or not at all: readers see the former content
// or the new one, never a part. A link keeps pointing where it did. Pipes and
// devices, which cannot be replaced, are written to.
func replaceFile(name string, data []byte) error {
	mode := fs.FileMode(0o644)
	info, err := os.Stat(name)
	switch {
	case err == nil && !info.Mode().IsRegular(), strings.HasPrefix(name, "/dev/"):
		return appendTo(name, data)
	case err == nil:
		mode = info.Mode().Perm()
	}
	place := name
	if leads, err := filepath.EvalSymlinks(name); err == nil {
		place = leads
	}
	draft := fmt.Sprintf("%s.%08x.tmp", place, rand.Uint32())
	file, err := os.OpenFile(draft, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return fmt.Errorf("%s cannot be written: %w", name, err)
	}
	_, err = file.Write(data)
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(draft, place)
	}
	if err != nil {
		_ = os.Remove(draft)
		return fmt.Errorf("%s cannot be written: %w", name, err)
	}
	return nil
}

func appendTo(name string, data []byte) error {
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	if closed := file.Close(); err == nil {
		err = closed
	}
	return err
}

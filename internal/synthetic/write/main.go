// Command write puts a synthetic platform into a directory, for timing whole
// processes: go run ./internal/synthetic/write DIR FILES.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"github.com/drlint/drlint/internal/synthetic"
)

func main() {
	if err := write(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func write(arguments []string) error {
	if len(arguments) != 2 {
		return errors.New("usage: write DIR FILES")
	}
	files, err := strconv.Atoi(arguments[1])
	if err != nil {
		return err
	}
	for name, data := range synthetic.Platform(files) {
		path := filepath.Join(arguments[0], filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

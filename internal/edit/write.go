package edit

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
)

// ErrChanged means that a file is not what it was when it was read.
var ErrChanged = errors.New("the file has changed since it was read")

// Write replaces a file with what a change makes of it. Others see the old or the new
// file, never a part of one: the text goes to a new file beside it, which then takes its
// name and has its permissions. A file that has changed meanwhile, and
// what is no regular file, such as a symbolic link, is left alone.
func Write(root *os.Root, c Change) error {
	info, err := root.Lstat(c.File)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return &fs.PathError{Op: "edit", Path: c.File, Err: errors.New("it is not a regular file")}
	}
	aside, err := writeAside(root, c, info.Mode().Perm())
	if err != nil {
		return err
	}
	err = unchanged(root, c)
	if err == nil {
		err = root.Rename(aside, c.File)
	}
	if err != nil {
		_ = root.Remove(aside) // the first failure tells more
	}
	return err
}

func unchanged(root *os.Root, c Change) error {
	now, err := root.ReadFile(c.File)
	if err != nil {
		return err
	}
	if !bytes.Equal(now, c.Before) {
		return &fs.PathError{Op: "edit", Path: c.File, Err: ErrChanged}
	}
	return nil
}

// writeAside writes the new text to a file that did not exist, and returns its name.
func writeAside(root *os.Root, c Change, mode fs.FileMode) (string, error) {
	const attempts = 100
	for i := range attempts {
		name := path.Join(path.Dir(c.File), fmt.Sprintf(".%s.drlint-%d", path.Base(c.File), i))
		file, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		_, err = file.Write(c.After)
		// The mask of the process may have taken permissions away.
		err = errors.Join(err, file.Chmod(mode), file.Sync(), file.Close())
		if err != nil {
			_ = root.Remove(name)
			return "", err
		}
		return name, nil
	}
	return "", fmt.Errorf("there is no free name beside %s", c.File)
}

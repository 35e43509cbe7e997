package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"
)

// entry is one file of an archive.
type entry struct {
	name string // below the archive's one directory, with slashes
	data []byte
	runs bool // is a program
}

func (e entry) mode() fs.FileMode {
	if e.runs {
		return 0o755
	}
	return 0o644
}

// sorted returns the files by name. Archives hold them in that order, with one
// time and no owner, because all else differs between machines.
func sorted(files []entry) []entry {
	return slices.SortedFunc(slices.Values(files), func(a, b entry) int { return strings.Compare(a.name, b.name) })
}

func writeTar(dir string, files []entry, built time.Time) ([]byte, error) {
	var out bytes.Buffer
	compressed, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	archive := tar.NewWriter(compressed)
	for _, file := range sorted(files) {
		header := &tar.Header{
			Typeflag: tar.TypeReg, Format: tar.FormatUSTAR, Name: path.Join(dir, file.name),
			Size: int64(len(file.data)), Mode: int64(file.mode()), ModTime: built,
		}
		if err := archive.WriteHeader(header); err != nil {
			return nil, err
		}
		if _, err := archive.Write(file.data); err != nil {
			return nil, err
		}
	}
	if err := archive.Close(); err != nil {
		return nil, err
	}
	err = compressed.Close()
	return out.Bytes(), err
}

func writeZip(dir string, files []entry, built time.Time) ([]byte, error) {
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, file := range sorted(files) {
		header := &zip.FileHeader{Name: path.Join(dir, file.name), Method: zip.Deflate, Modified: built}
		header.SetMode(file.mode())
		w, err := archive.CreateHeader(header)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(file.data); err != nil {
			return nil, err
		}
	}
	err := archive.Close()
	return out.Bytes(), err
}

// readStage reads all files below a directory.
func readStage(dir string) (files []entry, err error) {
	stage := os.DirFS(dir)
	err = fs.WalkDir(stage, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(stage, name)
		files = append(files, entry{name: name, data: data})
		return err
	})
	return files, err
}

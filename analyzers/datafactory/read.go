package datafactory

import (
	"bytes"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/guard"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/jsonc"
)

// prefixLength is how much of a file is read to decide whether it may be part
// of a layout. The services write name and properties first.
const prefixLength = 4096

// read reads one claimed file.
func (a *analysis) read(file string) {
	if isSetting(file) {
		a.readSetting(file)
		return
	}
	folder, k, _ := place(file)
	prefix := a.prefix(file)
	if !k.promises(prefix) {
		return
	}
	ours := isOurs(prefix)
	data, problem := guard.Read(a.tree.FS, file, guard.JSON)
	if problem != nil {
		if ours {
			a.diagnostics = append(a.diagnostics, *problem)
		}
		return
	}
	body, problems := jsonc.Parse(file, data, jsonc.Options{Comments: true, TrailingCommas: true, MultilineStrings: true})
	s := shapeOf(body)
	switch {
	case isVersionOne(body):
		a.note(file, body)
		return
	case body.IsKnown() && body.Kind == resource.Object && k.fits(s):
		a.add(folder, objectOf(k, file, body), problems)
	case ours:
		a.files++
		a.diagnostics = append(a.diagnostics, problems...)
	}
}

// prefix returns the first bytes of a file, none of one that is no plain file.
func (a *analysis) prefix(file string) []byte {
	f, err := a.tree.FS.Open(file)
	if err != nil {
		return nil
	}
	defer func() { _ = f.Close() }()
	data := make([]byte, prefixLength)
	n, err := io.ReadFull(f, data)
	if err != nil && n == 0 {
		return nil
	}
	return data[:n]
}

// promises reports whether the start of a file looks like an object of the kind.
func (k kind) promises(prefix []byte) bool {
	text := bytes.TrimLeft(bytes.TrimPrefix(prefix, []byte("\xef\xbb\xbf")), " \t\r\n")
	if !bytes.HasPrefix(text, []byte("{")) && !bytes.HasPrefix(text, []byte("/")) {
		return false
	}
	if k.folder == "factory" {
		return bytes.Contains(text, []byte(`"name"`))
	}
	return bytes.Contains(text, []byte(`"properties"`))
}

// isOurs reports whether a file belongs to a layout beyond doubt, so that what
// is wrong with it is reported.
func isOurs(prefix []byte) bool {
	for _, mark := range []string{`"typeProperties"`, `"linkedServiceName"`, `"activities"`, `"Microsoft.DataFactory/`, `"Microsoft.Synapse/`} {
		if bytes.Contains(prefix, []byte(mark)) {
			return true
		}
	}
	return false
}

// isVersionOne tells files of the first Data Factory, which is no longer run.
func isVersionOne(body resource.Value) bool {
	text, _ := body.Get("$schema").AsString()
	return strings.Contains(text, "datafactories.schema.management.azure.com")
}

func (a *analysis) note(file string, body resource.Value) {
	a.files++
	a.diagnostics = append(a.diagnostics, source.Diagnostic{
		Code: "data-factory/version-1", Severity: source.Note,
		Summary: "the file belongs to version 1 of Data Factory and was not read",
		Detail:  "Version 1 has been retired; migrate the object to version 2, or exclude the file.",
		At:      source.Range{File: file, Start: body.Get("$schema").At.Start, End: body.Get("$schema").At.End},
	})
}

func (a *analysis) readSetting(file string) {
	r := a.roots[path.Dir(file)]
	if r == nil {
		return
	}
	r.files++
	data, problem := guard.Read(a.tree.FS, file, guard.JSON)
	if problem != nil {
		r.problems = append(r.problems, *problem)
		return
	}
	body, problems := jsonc.Parse(file, data, jsonc.Options{Comments: true, TrailingCommas: true})
	r.problems = append(r.problems, problems...)
	if path.Base(file) == publishFile {
		r.publish = body
	} else {
		r.definition = body
	}
}

func objectOf(k kind, file string, body resource.Value) object {
	o := object{kind: k, file: file, body: body, at: body.At, name: strings.TrimSuffix(path.Base(file), path.Ext(file))}
	for _, field := range body.Fields {
		if field.Name != "name" {
			continue
		}
		o.at = source.Range{File: file, Start: field.At.Start, End: field.Value.At.End}
		if text, ok := field.Value.AsString(); ok && text != "" && !placeholder.MatchString(text) {
			o.name = text
		}
	}
	if k.folder == "notebook" {
		o.body = without(body, "cells")
	}
	return o
}

// without drops a member of the properties: the cells of a notebook are code,
// and there may be megabytes of it.
func without(body resource.Value, name string) resource.Value {
	body.Fields = slices.Clone(body.Fields)
	for i, field := range body.Fields {
		if field.Name == "properties" {
			field.Value.Fields = slices.DeleteFunc(slices.Clone(field.Value.Fields), func(f resource.Field) bool { return f.Name == name })
			body.Fields[i] = field
		}
	}
	return body
}

// add keeps an object. Two files with one name are two objects to Git and one
// to the service: the one whose file is named like it keeps the name.
func (a *analysis) add(folder string, o object, problems []source.Diagnostic) {
	r := a.roots[folder]
	if r == nil {
		r = &root{name: folder}
		a.roots[folder] = r
	}
	r.files++
	r.problems = append(r.problems, problems...)
	if o.kind.folder == "factory" {
		if r.factory == nil {
			r.factory = &o
		}
		return
	}
	for i, other := range r.objects {
		if other.kind.folder != o.kind.folder || other.name != o.name {
			continue
		}
		loser := &o
		if strings.TrimSuffix(path.Base(o.file), path.Ext(o.file)) == o.name {
			loser = &r.objects[i]
		}
		loser.name = path.Base(loser.file)
		r.problems = append(r.problems, source.Diagnostic{
			Code: "data-factory/duplicate-name", Severity: source.Warning,
			Summary: "two files of folder " + o.kind.folder + " hold an object named " + other.name,
			Detail:  "The service keeps one of them. Rename the other, or remove its file.",
			At:      loser.at,
		})
		break
	}
	r.objects = append(r.objects, o)
}

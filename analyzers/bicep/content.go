package bicep

import (
	"encoding/base64"
	"io/fs"
	"path"

	"github.com/drlint/drlint/internal/guard"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/jsonc"
	"github.com/drlint/drlint/internal/syntax/yaml"
)

// loadContent evaluates the functions that read a file of the repository when
// Bicep compiles. What is read is placed in that file.
func (ev *evaluation) loadContent(en env, function string, args []resource.Value, at source.Range) resource.Value {
	if len(args) == 0 || !isString(args[0]) {
		return carry(unknownFrom(at, args...), args...)
	}
	file, local := en.inst.doc.resolve(args[0].Text)
	if function == "loadDirectoryFileInfo" {
		return carry(resource.UnknownAt(at, "drlint does not list the files of "+args[0].Text), args...)
	}
	if !local {
		return carry(resource.UnknownAt(at, "the file "+args[0].Text+" lies outside of this repository"), args...)
	}
	content := ev.loader.content(function, file)
	if len(content.Text) > textLimit {
		return resource.UnknownAt(at, "the file "+file+" is too large")
	}
	if content.IsUnknown() && content.At.IsZero() {
		ev.report(source.Diagnostic{
			Code: "bicep/file-missing", Severity: source.Warning, At: at,
			Summary: "the file " + args[0].Text + " cannot be read", Detail: content.Why,
		})
		return resource.UnknownAt(at, "the file "+args[0].Text+" cannot be read")
	}
	if (function == "loadJsonContent" || function == "loadYamlContent") && len(args) > 1 {
		return ev.selected(content, args[1], at)
	}
	return content
}

// selected takes the part of a document that a path names.
func (ev *evaluation) selected(content, selector resource.Value, at source.Range) resource.Value {
	steps, ok := parseSelector(selector)
	if !ok {
		return carry(resource.UnknownAt(at, "drlint cannot follow the path into the file"), selector)
	}
	c := chain{value: content}
	for _, step := range steps {
		if isList(c.value) && step.isIndex && step.index < len(c.value.Items) {
			c.value = c.value.Items[step.index]
			continue
		}
		c = ev.memberOf(c, step.name, false, at)
	}
	return c.value
}

// content reads a file once for all evaluations. Its value is unknown without a
// place when there is nothing to read.
func (l *loader) content(function, file string) resource.Value {
	s := slotOf(l, l.contents, function+" "+file)
	s.once.Do(func() { s.value = l.read(function, file) })
	return s.value
}

func (l *loader) read(function, file string) resource.Value {
	limits := guard.Text
	switch function {
	case "loadJsonContent":
		limits = guard.JSON
	case "loadYamlContent":
		limits = guard.YAML
	case "loadFileAsBase64":
		return l.readBase64(file)
	}
	data, problem := guard.Read(l.tree.FS, path.Clean(file), limits)
	if problem != nil {
		return resource.Value{State: resource.Unknown, Why: problem.Summary}
	}
	value := resource.StringAt(source.Range{File: file, End: len(data)}, string(data))
	problem = guard.Barrier(file, func() {
		switch function {
		case "loadJsonContent":
			value, _ = jsonc.Parse(file, data, jsonc.Options{Comments: true, TrailingCommas: true, MultilineStrings: true})
		case "loadYamlContent":
			documents, _ := yaml.Parse(file, data)
			value = resource.NullAt(value.At)
			if len(documents) > 0 {
				value = documents[0].Value
			}
		}
	})
	if problem != nil {
		return resource.Value{State: resource.Unknown, Why: problem.Summary}
	}
	return value
}

// readBase64 reads a file that need not be text.
func (l *loader) readBase64(file string) resource.Value {
	info, err := fs.Stat(l.tree.FS, file)
	if err != nil || !info.Mode().IsRegular() || info.Size() > textLimit/4*3 {
		return resource.Value{State: resource.Unknown, Why: "the file is missing or too large"}
	}
	data, err := fs.ReadFile(l.tree.FS, file)
	if err != nil || len(data) > textLimit {
		return resource.Value{State: resource.Unknown, Why: "the file cannot be read"}
	}
	return resource.StringAt(source.Range{File: file, End: len(data)}, base64.StdEncoding.EncodeToString(data))
}

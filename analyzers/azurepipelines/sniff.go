package azurepipelines

import (
	"bytes"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/guard"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/yaml"
)

// What a pipeline does stands under one of these keys.
var bodies = []string{"extends", "stages", "jobs", "steps"}

// starts are the keys that only a pipeline has, not a template.
var starts = []string{"trigger", "pr", "schedules", "extends", "resources", "pool", "name"}

// keys are what a pipeline or a template may have at the top (Azure Pipelines
// YAML schema, "pipeline" and its four forms, and the older phases form).
var keys = slices.Concat(bodies, starts, []string{
	"variables", "parameters", "appendcommitmessagetorunname", "lockbehavior", "strategy", "continueonerror", "container",
	"services", "workspace", "condition", "dependson", "timeoutinminutes", "canceltimeoutinminutes", "displayname", "target",
	"queue", "phases", "demands", "job", "environment", "server",
})

// stepKeys are what a step starts with.
var stepKeys = []string{
	"task", "script", "bash", "pwsh", "powershell", "checkout", "template", "publish", "download", "downloadbuild", "getpackage", "reviewapp", "upload",
}

// jobKeys and stageKeys are what a job and a stage start with.
var (
	jobKeys   = []string{"job", "deployment", "template", "phase"}
	stageKeys = []string{"stage", "template"}
)

// sniffed is how much of a file is looked at before it is parsed.
const sniffed = 64 << 10

// sniff opens a file when it is a pipeline or a template. Files of other
// formats cost a look at the keys of their first lines and no diagnostic.
func (a *analysis) sniff(name string) *file {
	certain := conventional(name)
	if !certain {
		look := glance(head(a.tree.FS, name))
		if !look.body || look.foreign {
			return nil
		}
		certain = look.start
	}
	problems := len(a.diagnostics)
	f := a.open(name)
	switch {
	case f.ok && isPipeline(f.root) && (conventional(name) || !a.hasPatternKey(name)):
		return f
	case certain && !f.ok && (conventional(name) || !isPattern(f.data)):
		f.read = true // and named by a diagnostic
	default:
		// Another format's file; what is wrong with it is not ours to say.
		a.diagnostics = a.diagnostics[:problems]
		delete(a.files, name)
	}
	return nil
}

// hasPatternKey reports whether a file is what a generator makes pipelines from:
// {{ name }} in it is a key that is a mapping, which no pipeline has.
func (a *analysis) hasPatternKey(name string) bool {
	return slices.ContainsFunc(a.diagnostics, func(d source.Diagnostic) bool {
		return d.Code == "yaml/complex-key" && d.At.File == name
	})
}

// isPattern reports whether a file that is no YAML looks like a generator's: it
// has {{ name }} where a value starts.
func isPattern(data []byte) bool {
	for line := range bytes.Lines(data) {
		text := bytes.TrimLeft(line, " -")
		if at := bytes.Index(text, []byte(": ")); at >= 0 && !bytes.HasPrefix(text, []byte("{{")) {
			text = text[at+2:]
		}
		if bytes.HasPrefix(text, []byte("{{")) {
			return true
		}
	}
	return false
}

// conventional reports whether a name says that the file is a pipeline.
func conventional(name string) bool {
	base := strings.ToLower(path.Base(name))
	return strings.HasPrefix(base, "azure-pipelines") || strings.HasPrefix(base, "azure-pipeline.") ||
		strings.HasPrefix(name, ".azure-pipelines/") || strings.HasPrefix(name, ".azuredevops/") ||
		strings.HasPrefix(name, ".azure-devops/") || strings.HasPrefix(name, ".vsts")
}

// head returns the beginning of a file, or nothing when it cannot be read.
func head(fsys fs.FS, name string) []byte {
	info, err := fs.Stat(fsys, name)
	if err != nil || !info.Mode().IsRegular() {
		return nil
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, sniffed))
	if err != nil {
		return nil
	}
	return data
}

// look is what the keys in the first column say.
type look struct {
	body    bool // one of a pipeline's bodies is among them
	start   bool // one that only pipelines have
	foreign bool // one that pipelines cannot have
}

func glance(data []byte) look {
	var l look
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	for line := range bytes.Lines(data) {
		key, ok := topKey(line)
		if !ok {
			continue
		}
		l.body = l.body || slices.Contains(bodies, key)
		l.start = l.start || slices.Contains([]string{"trigger", "pr", "pool", "extends"}, key)
		l.foreign = l.foreign || !strings.HasPrefix(key, "${{") && !slices.Contains(keys, key)
	}
	return l
}

// topKey returns a key that stands in the first column, in lower case.
func topKey(line []byte) (string, bool) {
	if len(line) == 0 || bytes.IndexByte([]byte(" \t#-\r\n"), line[0]) >= 0 {
		return "", false
	}
	text := string(bytes.TrimRight(line, "\r\n"))
	if strings.HasPrefix(text, "${{") {
		return text, true
	}
	key, _, found := strings.Cut(text, ":")
	if !found {
		return "", false
	}
	return strings.ToLower(strings.Trim(strings.TrimSpace(key), `"'`)), true
}

// open reads a file once.
func (a *analysis) open(name string) *file {
	if f, done := a.files[name]; done {
		f.read = f.read || f.ok
		return f
	}
	f := &file{name: name, at: source.Range{File: name}}
	a.files[name] = f
	data, problem := guard.Read(a.tree.FS, name, guard.YAML)
	if problem != nil {
		a.diagnostics = append(a.diagnostics, *problem)
		return f
	}
	f.data = data
	var documents []yaml.Document
	problem = guard.Barrier(name, func() {
		var problems []source.Diagnostic
		documents, problems = yaml.ParseRepeating(name, data, isDirective)
		a.diagnostics = append(a.diagnostics, problems...)
	})
	if problem != nil {
		a.diagnostics = append(a.diagnostics, *problem)
	}
	if len(documents) > 0 {
		f.root, f.at = documents[0].Value, documents[0].At
		f.ok = isObject(f.root)
		f.read = f.ok
	}
	return f
}

// isDirective reports whether a key may be written again in one mapping: two
// ${{ if }} may each have an ${{ else }}.
func isDirective(key string) bool { return strings.HasPrefix(key, "${{") }

// isPipeline looks at the shape: keys of a pipeline only, and a body made of
// stages, jobs or steps as Azure Pipelines has them.
func isPipeline(root resource.Value) bool {
	body := false
	for _, field := range root.Fields {
		key := strings.ToLower(field.Name)
		if !isDirective(key) && !slices.Contains(keys, key) {
			return false
		}
		switch key {
		case "extends":
			body = body || field.Value.Get("template").State != resource.Absent
		case "stages":
			body = body || startsWith(field.Value, stageKeys)
		case "jobs":
			body = body || startsWith(field.Value, jobKeys)
		case "steps":
			body = body || startsWith(field.Value, stepKeys)
		}
	}
	return body
}

// startsWith reports whether a list has an item with one of the keys, or items
// that only expansion can tell.
func startsWith(v resource.Value, keys []string) bool {
	if isString(v) {
		return isDirective(v.Text)
	}
	if !isList(v) {
		return false
	}
	for _, item := range v.Items {
		if isString(item) && isDirective(item.Text) {
			return true
		}
		for _, field := range item.Fields {
			if isDirective(field.Name) || slices.Contains(keys, strings.ToLower(field.Name)) {
				return true
			}
		}
	}
	return false
}

// isRoot tells pipelines from the templates that others put together. A file
// that another one calls is a template; so is one without a word about what
// starts it when its parameters, its place or its name say so.
func isRoot(f *file, called map[string]bool) bool {
	if called[f.name] || !isPipeline(f.root) {
		return false
	}
	for _, field := range f.root.Fields {
		if slices.Contains(starts, strings.ToLower(field.Name)) {
			return true
		}
	}
	parameters := f.root.Get("parameters")
	if isObject(parameters) || strings.Contains(strings.ToLower(f.name), "template") {
		return false
	}
	for _, item := range parameters.Items {
		kind, _ := item.Get("type").AsString()
		if slices.Contains([]string{"step", "steplist", "job", "joblist", "deployment", "deploymentlist", "stage", "stagelist"}, strings.ToLower(kind)) {
			return false
		}
	}
	return true
}

package azurepipelines

import (
	"path"
	"strings"

	"github.com/drlint/drlint/analyzers/azurepipelines/expression"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/shell"
)

// commandsOf lists the commands of a script and of the scripts it calls.
func (a *analysis) commandsOf(r runner) []shell.Command {
	size := 0
	for _, part := range r.parts {
		size += len(part.Text)
	}
	if size == 0 || a.commands >= maxCommands || !a.scripts.Afford(size, r.at) {
		return nil
	}
	result := shell.Parse(r.parts, shell.Options{
		Dialect:  r.dialect,
		Env:      func(name string) (shell.Word, bool) { return a.environmentOf(r, name) },
		Start:    r.start(),
		Toplevel: sourcesDir,
		Open:     func(file string) (shell.Script, bool) { return a.scriptFile(r, file) },
		Follow: func(c shell.Command, variable func(string) (shell.Word, bool)) []shell.Script {
			return a.scripts.Make(c, variable, r.locate)
		},
	})
	for _, d := range result.Diagnostics {
		a.reported[report{d.Code, d.At}] = true
		a.diagnostics = append(a.diagnostics, d)
	}
	if a.commands += len(result.Commands); a.commands >= maxCommands {
		a.report("budget", source.Warning, r.at, "The pipelines run more commands than are followed",
			"The commands after this script are not checked.")
	}
	return result.Commands
}

// environmentOf returns a variable of the environment as the shell gets it.
// PowerShell's own variables start with a dollar; a directory that was filled in
// looks like one.
func (a *analysis) environmentOf(r runner, name string) (shell.Word, bool) {
	own, isOwn := strings.CutPrefix(name, "$")
	upper := strings.ToUpper(own)
	for _, directory := range []string{sourcesDir, workspaceDir, stagingDir, tempDir} {
		if directory == "$"+upper {
			return shell.Literal(directory, source.Range{}), true
		}
	}
	if isOwn {
		return shell.Word{}, false
	}
	if v := expression.Member(r.env, name); !v.IsAbsent() {
		return wordOf(v), true
	}
	if v, ok := r.job.scope.job.env[upper]; ok {
		return wordOf(v), true
	}
	if key, ok := r.scope.vars.named(upper); ok {
		v, _ := a.variable(key, r.scope)
		return wordOf(a.resolve(v, r.scope.expanded())), true
	}
	switch directory, ok := fromEnvironment(upper); {
	case !ok:
		return shell.Word{}, false
	case directory != "":
		return shell.Literal(directory, source.Range{}), true
	default:
		return shell.UnknownWord("$"+name+" depends on the run", source.Range{}), true
	}
}

func wordOf(v resource.Value) shell.Word {
	if v.IsUnknown() {
		return shell.WordOf(v)
	}
	return shell.Word{Text: expression.Text(v), Known: true, At: v.At, Origin: v.Origin}
}

// start is the directory that the step runs in, or "" when it is not known.
func (r runner) start() string {
	directory, known := r.directory.AsString()
	directory = strings.ReplaceAll(directory, `\`, "/")
	switch {
	case r.directory.IsAbsent() || known && directory == "":
		return sourcesDir
	case !known || path.IsAbs(directory):
		return ""
	case strings.HasPrefix(directory, "$"):
		return path.Clean(directory)
	}
	return path.Join(sourcesDir, directory)
}

// scriptFile returns a script by its path as the step sees it. A pipeline may
// stand in a folder that is a repository of its own where it is used: what is
// not found from the root is looked for from the folders above the pipeline.
func (a *analysis) scriptFile(r runner, file string) (shell.Script, bool) {
	name, own := r.locate(file)
	if !own {
		return shell.Script{}, false
	}
	for dir := path.Dir(r.job.pipeline.file.name); !a.admitted[name] && dir != "."; dir = path.Dir(dir) {
		if moved := path.Join(dir, name); a.admitted[moved] {
			name = moved
		}
	}
	return a.scripts.Open(name, r.at)
}

// locate translates a path that a step uses to one of the repository. It is not
// ok for a path outside of it.
func (r runner) locate(file string) (string, bool) {
	file = strings.ReplaceAll(file, `\`, "/")
	// PowerShell takes the script's own directory from the file that runs.
	if at := strings.LastIndex(file, sourcesDir); at > 0 {
		file = file[at:]
	}
	if !strings.HasPrefix(file, "$") {
		start := r.start()
		if start == "" || path.IsAbs(file) {
			return "", false
		}
		file = start + "/" + file
	}
	return r.job.inRepository(path.Clean(file))
}

// inRepository translates a path below the agent's directories.
func (j *job) inRepository(file string) (string, bool) {
	if rest, ok := strings.CutPrefix(file, workspaceDir+"/"); ok {
		if rest != "s" && !strings.HasPrefix(rest, "s/") {
			file = sourcesDir + "/../" + rest
		} else {
			file = sourcesDir + strings.TrimPrefix(rest, "s")
		}
	}
	below, ok := strings.CutPrefix(file, sourcesDir)
	if !ok || below != "" && below[0] != '/' {
		return "", false
	}
	below = strings.TrimPrefix(below, "/")
	best, found := checkout{own: len(j.checkouts) == 0}, len(j.checkouts) == 0
	for _, c := range j.checkouts {
		inside := c.dir == "" || below == c.dir || strings.HasPrefix(below, c.dir+"/")
		if inside && (!found || len(c.dir) >= len(best.dir)) {
			best, found = c, true
		}
	}
	if best.dir != "" {
		below = strings.TrimPrefix(strings.TrimPrefix(below, best.dir), "/")
	}
	if strings.HasPrefix(below, "../") {
		return "", false
	}
	return below, found && best.own
}

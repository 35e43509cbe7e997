package main

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// writes puts texts into files: name, text, name, text …
func writes(pairs ...string) func(*adoption) bool {
	return func(a *adoption) bool {
		for i := 0; i < len(pairs); i += 2 {
			a.write(pairs[i], pairs[i+1])
		}
		return true
	}
}

func removes(name string) func(*adoption) bool {
	return func(a *adoption) bool {
		a.remove(name)
		return true
	}
}

func (a *adoption) remove(name string) {
	a.Helper()
	if err := os.Remove(filepath.Join(a.dir, filepath.FromSlash(name))); err != nil {
		a.Fatal(err)
	}
}

// blocks are the pieces of a file: each ends with a brace at the start of a line.
// The last one is what comes after that.
func blocks(text string) []string { return strings.SplitAfter(text, "\n}\n") }

// block is the index of the piece that holds a line, counted from 1.
func block(pieces []string, line int) int {
	for i, piece := range pieces {
		if line -= strings.Count(piece, "\n"); line <= 0 {
			return i
		}
	}
	return len(pieces) - 1
}

// files are those with an old finding at a resource of Terraform and at least as
// many blocks as asked for, in order.
func (a *adoption) files(least int) (names []string) {
	for _, f := range a.old {
		name := f.Location.File
		if path.Ext(name) != ".tf" || slices.Contains(names, name) {
			continue
		}
		if data, err := os.ReadFile(filepath.Join(a.dir, filepath.FromSlash(name))); err == nil && len(blocks(string(data))) > least {
			names = append(names, name)
		}
	}
	return names
}

// change rewrites one of the files with old findings.
func (a *adoption) change(which, least int, with func(pieces []string, line int) []string) bool {
	names := a.files(least)
	if len(names) == 0 {
		return false
	}
	name := names[which%len(names)]
	before := a.read(name)
	for _, f := range a.old {
		if f.Location.File == name {
			after := strings.Join(with(blocks(before), f.Location.Start.Line), "")
			a.write(name, after)
			return after != before
		}
	}
	return false
}

func (a *adoption) comment() bool {
	return a.change(0, 1, func(pieces []string, line int) []string {
		return slices.Insert(pieces, block(pieces, line), "\n# It holds what nobody else has.\n\n\n")
	})
}

func (a *adoption) sink() bool {
	return a.change(1, 2, func(pieces []string, line int) []string {
		at := block(pieces, line)
		moved := pieces[at]
		return append(slices.Delete(pieces, at, at+1), "\n"+moved)
	})
}

func (a *adoption) reverse() bool {
	return a.change(2, 2, func(pieces []string, _ int) []string {
		slices.Reverse(pieces)
		return []string{strings.Join(pieces, "\n")}
	})
}

func (a *adoption) reformat() bool {
	return a.change(3, 1, func(pieces []string, _ int) []string {
		text := strings.ReplaceAll(strings.Join(pieces, ""), "\n  ", "\n\t")
		return []string{strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", "\r\n")}
	})
}

// moveBlock moves the block of an old finding to a new file of the same module.
func (a *adoption) moveBlock() bool {
	names := a.files(2)
	if len(names) == 0 {
		return false
	}
	name, moved := names[len(names)-1], ""
	text := a.read(name)
	for _, f := range a.old {
		if f.Location.File == name {
			pieces := blocks(text)
			at := block(pieces, f.Location.Start.Line)
			moved = pieces[at]
			a.write(name, strings.Join(slices.Delete(pieces, at, at+1), ""))
			break
		}
	}
	a.write(path.Join(path.Dir(name), "moved.tf"), moved)
	return true
}

// renew writes the baseline without what has gone.
func (a *adoption) renew() bool {
	if code, _, stderr := a.drlint("baseline", "--prune"); code != exitClean {
		a.Fatalf("baseline --prune: exit %d: %s", code, stderr)
	}
	return true
}

func (a *adoption) renameFile() bool {
	names := a.files(1)
	if len(names) == 0 {
		return false
	}
	name := names[len(names)/2]
	a.git("mv", name, strings.TrimSuffix(name, ".tf")+"_of_the_lake.tf")
	return true
}

// renameDirectory renames one that nothing names.
func (a *adoption) renameDirectory() bool {
	for _, name := range a.files(1) {
		dir := path.Dir(name)
		if dir != "." && !a.mentioned(path.Base(dir)) {
			a.git("mv", dir, dir+"-renamed")
			return true
		}
	}
	return false
}

// mentioned reports whether a configuration holds a name as part of a path.
func (a *adoption) mentioned(name string) (found bool) {
	err := fs.WalkDir(os.DirFS(a.dir), ".", func(file string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && file != ".drlint.yaml" && slices.Contains([]string{".tf", ".hcl", ".yml", ".yaml", ".sh"}, path.Ext(file)) {
			text := a.read(file)
			found = found || strings.Contains(text, "/"+name) || strings.Contains(text, name+"/")
		}
		return err
	})
	if err != nil {
		a.Fatal(err)
	}
	return found
}

// renameCall renames the call that leads to an old finding.
func (a *adoption) renameCall() bool {
	for _, f := range a.old {
		if len(f.Via) == 0 || path.Ext(f.Via[0].Location.File) != ".tf" {
			continue
		}
		caller := f.Via[0].Location.File
		text := a.read(caller)
		_, rest, found := strings.Cut(text, "\nmodule \"")
		if name, _, ok := strings.Cut(rest, "\""); found && ok && !strings.Contains(text, "module."+name) {
			a.write(caller, strings.Replace(text, "\nmodule \""+name+"\"", "\nmodule \""+name+"_renamed\"", 1))
			return true
		}
	}
	return false
}

// addEnvironment adds values for a root whose old findings do not depend on them.
func (a *adoption) addEnvironment() bool {
	for _, name := range a.files(1) {
		main := path.Join(path.Dir(name), "main.tf")
		if data, err := os.ReadFile(filepath.Join(a.dir, filepath.FromSlash(main))); err == nil && strings.Contains(string(data), "variable \"environment\"") {
			a.write(path.Join(path.Dir(name), "staging.tfvars"), "environment = \"staging\"\n")
			return true
		}
	}
	return false
}

const adoptedStages = "\nstages:\n  - {stage: sandbox, address: aws_s3_bucket.events_raw}\n"

// declareStage adds a store of a stage that needs no copy, because the
// configuration says so.
func (a *adoption) declareStage() bool {
	a.write("adopted/events.tf", adoptedEvents)
	a.write(".drlint.yaml", a.read(".drlint.yaml")+adoptedStages)
	return true
}

func (a *adoption) forgetStage() bool {
	a.write(".drlint.yaml", strings.TrimSuffix(a.read(".drlint.yaml"), adoptedStages))
	return true
}

// remedy takes the block of an old finding away, and keeps the file for relapse.
func (a *adoption) remedy() bool {
	names := a.files(1)
	if len(names) == 0 {
		return false
	}
	name := names[len(names)-1]
	text := a.read(name)
	pieces := blocks(text)
	at := -1
	for _, f := range a.old {
		if f.Location.File != name {
			continue
		}
		_, label, _ := strings.Cut(f.Asset.Address, ".")
		if at < 0 && !strings.Contains(pieces[block(pieces, f.Location.Start.Line)], `"`+label+`"`) {
			continue // it is about more than the block
		}
		if at < 0 {
			at = block(pieces, f.Location.Start.Line)
		}
		if block(pieces, f.Location.Start.Line) == at {
			a.lost.findings = append(a.lost.findings, f.String())
		}
	}
	if at < 0 {
		return false
	}
	a.lost.file, a.lost.text = name, text
	a.write(name, strings.Join(slices.Delete(pieces, at, at+1), ""))
	return true
}

// relapse takes the remedy back.
func (a *adoption) relapse() bool {
	if a.lost.file == "" {
		return false
	}
	a.write(a.lost.file, a.lost.text)
	a.want = a.lost.findings
	return true
}

package scripts

import (
	"path"
	"strings"

	"github.com/drlint/drlint/internal/guard"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/makefile"
	"github.com/drlint/drlint/internal/syntax/shell"
)

// makefiles are the names that make looks for, in its order.
var makefiles = []string{"GNUmakefile", "makefile", "Makefile"}

// goal is a call of make taken apart.
type goal struct {
	dir, file string
	targets   []string
	given     map[string]makefile.Given
}

// Make returns the recipes that a call of make runs, each as a script of its
// own; nothing for any other command. locate translates a path below the
// command's directory to one of the repository.
func (r *Repository) Make(c shell.Command, variable func(string) (shell.Word, bool), locate func(string) (string, bool)) []shell.Script {
	if name := c.Name(); name != "make" && name != "gmake" && name != "mingw32-make" {
		return nil
	}
	g, ok := goalOf(c)
	if !ok {
		return nil
	}
	name, f := r.makefile(c, g, locate)
	if f == nil {
		return nil
	}
	env := func(name string) (makefile.Given, bool) {
		word, set := variable(name)
		return givenOf(word), set
	}
	var found []shell.Script
	for _, recipe := range f.Run(g.targets, g.given, env) {
		script := shell.Script{Key: name + "\x00" + recipe.Target, Dialect: shell.Bash, Dir: g.dir}
		size := 0
		for _, piece := range recipe.Pieces {
			script.Parts = append(script.Parts, partOf(name, piece))
			size += len(piece.Text)
		}
		if !r.Afford(size, c.At) {
			break
		}
		found = append(found, script)
	}
	return found
}

func partOf(file string, piece makefile.Piece) shell.Part {
	at := func(start, end int) source.Range {
		if !piece.Exact {
			start, end = 0, piece.End-piece.Start
		}
		return source.Range{File: file, Start: piece.Start + start, End: piece.Start + end}
	}
	return shell.Part{Text: piece.Text, Unknown: piece.Unknown, At: at}
}

// goalOf reads the words of make. It is not ok when one that decides is not known.
func goalOf(c shell.Command) (goal, bool) {
	g := goal{given: map[string]makefile.Given{}}
	words := c.Words[1:]
	for i := 0; i < len(words); i++ {
		text := words[i].Readable()
		name, _, assigns := strings.Cut(text, "=")
		switch {
		case text == "-n" || text == "--dry-run" || text == "--just-print":
			return g, false
		case (text == "-C" || text == "--directory" || text == "-f" || text == "--file") && i+1 < len(words):
			i++
			if !words[i].Known {
				return g, false
			}
			if strings.HasSuffix(strings.ToLower(text), "f") || text == "--file" {
				g.file = words[i].Text
			} else {
				g.dir = path.Join(g.dir, words[i].Text)
			}
		case (text == "-j" || text == "-l") && i+1 < len(words) && strings.Trim(words[i+1].Text, "0123456789") == "":
			i++
		case strings.HasPrefix(text, "-"):
		case assigns && !strings.ContainsAny(name, " \t"):
			g.given[strings.TrimRight(name, ":?+")] = valueOf(words[i], text[len(name)+1:])
		case !words[i].Known:
			return g, false
		default:
			g.targets = append(g.targets, text)
		}
	}
	return g, true
}

func valueOf(w shell.Word, text string) makefile.Given {
	if w.Known {
		return makefile.Given{Text: text}
	}
	return makefile.Given{Unknown: w.Why}
}

func givenOf(w shell.Word) makefile.Given {
	if w.Known {
		return makefile.Given{Text: w.Text}
	}
	return makefile.Given{Unknown: w.Why}
}

// makefile reads the file that a call of make means.
func (r *Repository) makefile(c shell.Command, g goal, locate func(string) (string, bool)) (string, *makefile.File) {
	names := makefiles
	if g.file != "" {
		names = []string{g.file}
	}
	if !c.Dir.Known {
		return "", nil
	}
	for _, name := range names {
		file, own := locate(path.Join(c.Dir.Text, g.dir, name))
		if !own || !r.admitted[file] {
			continue
		}
		if f, done := r.makes[file]; done {
			return file, f
		}
		data, problem := guard.Read(r.tree.FS, file, guard.Text)
		if problem != nil {
			r.problems = append(r.problems, *problem)
			r.makes[file] = nil
			return file, nil
		}
		f := makefile.Parse(string(guard.BlankBOM(data)))
		r.makes[file] = f
		return file, f
	}
	return "", nil
}

package shell

import "strings"

// GitCommand is a git command taken apart.
type GitCommand struct {
	// Subcommand is "push", "remote" …; its own verbs ("add") are in Args.
	Subcommand string
	// Flags are the options after the subcommand, in order.
	Flags []Flag
	// Args are the other words after the subcommand, in order.
	Args []Word
	// Dir is the last value of -C, GitDir that of --git-dir; Config holds the
	// values of -c.
	Dir    Word
	GitDir Word
	Config []Word
	// MayHaveMore is set when a word that is not known stands where options may:
	// the absence of a flag proves nothing then.
	MayHaveMore bool
}

// Flag is one option. Name keeps its dashes; a group of short options is taken
// apart ("-fu" yields "-f" and "-u").
type Flag struct {
	Name     string
	Value    Word // with HasValue
	HasValue bool
	Word     Word // as written
}

// Flag returns the last of the options with one of the names.
func (g GitCommand) Flag(names ...string) (Flag, bool) {
	for i := len(g.Flags) - 1; i >= 0; i-- {
		for _, name := range names {
			if g.Flags[i].Name == name {
				return g.Flags[i], true
			}
		}
	}
	return Flag{}, false
}

// Has reports whether one of the options is given.
func (g GitCommand) Has(names ...string) bool {
	_, ok := g.Flag(names...)
	return ok
}

// Arg returns an operand, or a word that is neither known nor placed.
func (g GitCommand) Arg(i int) Word {
	if i < len(g.Args) {
		return g.Args[i]
	}
	return Word{}
}

// gitValued are the options of git subcommands whose value is the next word,
// from the git manual pages; with "=" the value is in the word itself.
var gitValued = map[string]string{
	"push":     "-o --push-option --repo --receive-pack --exec",
	"clone":    "-b --branch -o --origin -c --config -u --upload-pack --depth --shallow-since --shallow-exclude --reference --reference-if-able --template -j --jobs --separate-git-dir --filter --bundle-uri --server-option --revision",
	"fetch":    "--depth --deepen --shallow-since --shallow-exclude -j --jobs --refmap --upload-pack -o --server-option --negotiation-tip --filter",
	"pull":     "--depth --deepen --shallow-since --shallow-exclude -j --jobs --upload-pack -o --server-option -s --strategy -X --strategy-option",
	"remote":   "-t -m",
	"bundle":   "--version",
	"commit":   "-m --message -F --file -C -c --author --date -t --template --trailer",
	"tag":      "-m --message -F --file -u --local-user",
	"checkout": "-b -B --orphan",
	"config":   "-f --file --blob --type",
	"archive":  "--format -o --output --remote --exec --prefix --add-file",
}

// gitGlobal are git's own options whose value is the next word.
const gitGlobal = "-C -c --git-dir --work-tree --namespace --exec-path --config-env --super-prefix --list-cmds --attr-source"

// Git takes a command apart when it runs git.
func Git(c Command) (GitCommand, bool) {
	if c.Name() != "git" {
		return GitCommand{}, false
	}
	g := GitCommand{}
	words := c.Words[1:]
	for len(words) > 0 && words[0].HasPrefix("-") {
		flag := words[0]
		words = words[1:]
		if dir, found := strings.CutPrefix(flag.Readable(), "--git-dir="); found {
			g.GitDir = wordLike(flag, dir)
		}
		if !flag.Known || !isValued(gitGlobal, flag.Text) || len(words) == 0 {
			continue
		}
		switch flag.Text {
		case "-C":
			g.Dir = words[0]
		case "--git-dir":
			g.GitDir = words[0]
		case "-c":
			g.Config = append(g.Config, words[0])
		}
		words = words[1:]
	}
	if len(words) == 0 || !words[0].Known {
		return GitCommand{}, false
	}
	g.Subcommand = words[0].Text
	g.split(words[1:])
	return g, true
}

// split tells options from operands.
func (g *GitCommand) split(words []Word) {
	for i := 0; i < len(words); i++ {
		word := words[i]
		text := word.Readable()
		switch {
		case word.Known && text == "--":
			g.Args = append(g.Args, words[i+1:]...)
			return
		case !strings.HasPrefix(text, "-") || text == "-":
			g.MayHaveMore = g.MayHaveMore || !word.Known && startsUnknown(text)
			g.Args = append(g.Args, word)
		case strings.HasPrefix(text, "--"):
			name, value, inWord := strings.Cut(text, "=")
			flag := Flag{Name: name, Word: word}
			switch {
			case inWord:
				flag.Value, flag.HasValue = wordLike(word, value), true
			case !word.Known:
				g.MayHaveMore = true
				continue
			case isValued(gitValued[g.Subcommand], name) && i+1 < len(words):
				i++
				flag.Value, flag.HasValue = words[i], true
			}
			g.Flags = append(g.Flags, flag)
		default:
			i += g.short(word, text, words[i+1:])
		}
	}
}

// short takes a group of short options apart and returns how many of the next
// words it used.
func (g *GitCommand) short(word Word, text string, next []Word) int {
	g.MayHaveMore = g.MayHaveMore || !word.Known
	for i, letter := range text[1:] {
		name := "-" + string(letter)
		if !isValued(gitValued[g.Subcommand], name) {
			g.Flags = append(g.Flags, Flag{Name: name, Word: word})
			continue
		}
		if value := text[1+i+len(string(letter)):]; value != "" {
			g.Flags = append(g.Flags, Flag{Name: name, Value: wordLike(word, value), HasValue: true, Word: word})
			return 0
		}
		if len(next) == 0 {
			return 0
		}
		g.Flags = append(g.Flags, Flag{Name: name, Value: next[0], HasValue: true, Word: word})
		return 1
	}
	return 0
}

// startsUnknown reports whether a hint starts with a hole, so that the word may
// be an option or several words.
func startsUnknown(text string) bool { return text == "" || strings.HasPrefix(text, holeText) }

// wordLike returns part of a word.
func wordLike(word Word, text string) Word {
	if strings.Contains(text, holeText) || word.Known {
		part := word
		part.Known = !strings.Contains(text, holeText)
		part.Text, part.Hint = "", ""
		if part.Known {
			part.Text = text
		} else {
			part.Hint = text
		}
		return part
	}
	return Word{Text: text, Known: true, At: word.At, Origin: word.Origin}
}

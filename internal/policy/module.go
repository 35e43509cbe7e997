package policy

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/drlint/drlint/internal/finding"
)

// maxRuleFile is the size above which a file is not taken for a rule.
const maxRuleFile = 1 << 20

// file is one parsed Rego file.
type file struct {
	path   string
	module *ast.Module
	// segments are the package's names: ["rules", "raw", "not_replicated"].
	segments []string
}

// parse reads and parses one file; annotations cost time and are only needed
// where metadata is read.
func parse(fsys fs.FS, name string, annotations bool) (*file, []Problem) {
	data, err := load(fsys, name)
	if err != nil {
		return nil, []Problem{{Code: "rule/parse", Message: err.Error(), File: name}}
	}
	module, err := ast.ParseModuleWithOpts(name, string(data), ast.ParserOptions{
		Capabilities: capabilities(), RegoVersion: ast.RegoV1, ProcessAnnotation: annotations,
	})
	if err != nil {
		return nil, problemsOf("rule/parse", name, err)[:1] // the rest are echoes of the first
	}
	if module == nil {
		return nil, []Problem{{Code: "rule/parse", Message: "holds no rule", File: name}}
	}
	parsed := &file{path: name, module: module}
	for _, term := range module.Package.Path[1:] { // without "data"
		segment, ok := term.Value.(ast.String)
		if !ok {
			return nil, []Problem{problemAt("rule/package", "package names are plain words", module.Package.Location)}
		}
		parsed.segments = append(parsed.segments, string(segment))
	}
	return parsed, nil
}

var errTooLarge = errors.New("is larger than 1 MiB")

func load(fsys fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("cannot be read: %w", err)
	}
	if info.Size() > maxRuleFile {
		return nil, errTooLarge
	}
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("cannot be read: %w", err)
	}
	return data, nil
}

// problemsOf converts what the parser or compiler returned.
func problemsOf(code, name string, err error) []Problem {
	var list ast.Errors
	if !errors.As(err, &list) {
		return []Problem{{Code: code, Message: err.Error(), File: name}}
	}
	problems := make([]Problem, 0, len(list))
	for _, e := range list {
		problem := problemAt(code, e.Message+details(e), e.Location)
		if problem.File == "" {
			problem.File = name
		}
		problems = append(problems, problem)
	}
	return problems
}

// details returns what the compiler adds to a message, such as the names it
// knows, without its excerpt of the source.
func details(e *ast.Error) string {
	if e.Details == nil {
		return ""
	}
	var kept []string
	for _, line := range e.Details.Lines() {
		line = strings.TrimSpace(line)
		if line == "^" && len(kept) > 0 {
			kept = kept[:len(kept)-1]
		} else if line != "" {
			kept = append(kept, line)
		}
	}
	if len(kept) == 0 {
		return ""
	}
	return ": " + strings.Join(kept, ", ")
}

func problemAt(code, message string, at *ast.Location) Problem {
	problem := Problem{Code: code, Message: message}
	if at != nil {
		problem.File, problem.Line, problem.Column = at.File, at.Row, at.Col
	}
	return problem
}

// The sets that a rule may define.
const (
	denySet    = "deny"
	unknownSet = "unknown"
	exemptSet  = "exempt"
)

var verdicts = map[string]finding.Verdict{denySet: finding.Fail, unknownSet: finding.Unknown, exemptSet: finding.Exempt}

// statements returns which of the three sets a rule defines.
func (f *file) statements() []string {
	var names []string
	for _, name := range []string{denySet, unknownSet, exemptSet} {
		for _, r := range f.module.Rules {
			if r.Head.Ref()[0].Value.Compare(ast.Var(name)) == 0 {
				names = append(names, name)
				break
			}
		}
	}
	return names
}

// checkStatements finds verdicts that are not sets: `deny if` instead of `deny contains`.
func (f *file) checkStatements() (problems []Problem) {
	for _, r := range f.module.Rules {
		name := r.Head.Ref()[0].Value.String()
		if _, ok := verdicts[name]; ok && (r.Head.RuleKind() != ast.MultiValue || len(r.Head.Ref()) > 1) {
			problems = append(problems, problemAt("rule/compile", name+" must be a set: "+name+" contains {…} if …", r.Location))
		}
	}
	if len(f.statements()) == 0 {
		problems = append(problems, problemAt("rule/compile", "defines none of deny, unknown and exempt", f.module.Package.Location))
	}
	return problems
}

// query asks for the sets that a rule defines, as one object.
func (f *file) query() string {
	document := "data." + strings.Join(f.segments, ".")
	entries := f.statements()
	for i, name := range entries {
		entries[i] = `"` + name + `": ` + document + "." + name
	}
	return "{" + strings.Join(entries, ", ") + "}"
}

func isTest(name string) bool { return strings.HasSuffix(path.Base(name), "_test.rego") }

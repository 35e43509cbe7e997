package suppression

import (
	"path"
	"strings"
)

// language says how comments and quoted texts are written in a format.
type language struct {
	line  []string    // signs of comments that end with the line
	block [][2]string // signs that open and close a comment
	// spaced signs of comments count only behind a blank or at the start of a line.
	spaced bool
	texts  []text // the longest sign first
	// heredoc means that <<WORD opens a text that a line with the word alone ends.
	heredoc bool
	escape  byte // takes the meaning of the next character outside texts; 0 is none
	yaml    bool
	// decorator is the sign of what stands above a statement and belongs to it, and
	// directive that of a line for the compiler; 0 is none.
	decorator, directive byte
}

// text is a quoted text. Comment signs in it are none.
type text struct {
	open, end string
	escape    byte // 0 where a quote in the text is written twice
	lines     bool // may go over several lines
	nested    bool // ${…} holds code
}

var (
	braces = [2]string{"/*", "*/"}

	hclLanguage = &language{
		line: []string{"#", "//"}, block: [][2]string{braces}, heredoc: true,
		texts: []text{{open: `"`, end: `"`, escape: '\\', nested: true}},
	}
	jsonLanguage = &language{
		line: []string{"//"}, block: [][2]string{braces},
		texts: []text{{open: `"`, end: `"`, escape: '\\', lines: true}},
	}
	bicepLanguage = &language{
		line: []string{"//"}, block: [][2]string{braces}, decorator: '@', directive: '#',
		texts: []text{{open: "'''", end: "'''", lines: true}, {open: "'", end: "'", escape: '\\', nested: true}},
	}
	shellLanguage = &language{
		line: []string{"#"}, spaced: true, heredoc: true, escape: '\\',
		texts: []text{{open: "'", end: "'", lines: true}, {open: `"`, end: `"`, escape: '\\', lines: true}},
	}
	powershellLanguage = &language{
		line: []string{"#"}, block: [][2]string{{"<#", "#>"}}, spaced: true, escape: '`',
		texts: []text{
			{open: "@'\n", end: "\n'@", lines: true}, {open: "@\"\n", end: "\n\"@", lines: true},
			{open: "'", end: "'", lines: true}, {open: `"`, end: `"`, escape: '`', lines: true},
		},
	}
	sqlLanguage = &language{
		line: []string{"--"}, block: [][2]string{braces},
		texts: []text{{open: "'", end: "'", lines: true}, {open: `"`, end: `"`}},
	}
	pythonLanguage = &language{
		line: []string{"#"},
		texts: []text{
			{open: `"""`, end: `"""`, escape: '\\', lines: true}, {open: "'''", end: "'''", escape: '\\', lines: true},
			{open: `"`, end: `"`, escape: '\\'}, {open: "'", end: "'", escape: '\\'},
		},
	}
	scalaLanguage = &language{
		line: []string{"//"}, block: [][2]string{braces},
		texts: []text{{open: `"""`, end: `"""`, lines: true}, {open: `"`, end: `"`, escape: '\\'}},
	}
	plainLanguage = &language{line: []string{"#"}, spaced: true}
	yamlLanguage  = &language{yaml: true}
)

// languages are the formats whose files may hold comments, by suffix.
var languages = map[string]*language{
	".tf": hclLanguage, ".tofu": hclLanguage, ".tfvars": hclLanguage, ".hcl": hclLanguage,
	".json": jsonLanguage, ".jsonc": jsonLanguage,
	".bicep": bicepLanguage, ".bicepparam": bicepLanguage,
	".yml": yamlLanguage, ".yaml": yamlLanguage,
	".sh": shellLanguage, ".bash": shellLanguage,
	".ps1": powershellLanguage, ".psm1": powershellLanguage,
	".sql": sqlLanguage, ".py": pythonLanguage, ".r": pythonLanguage, ".scala": scalaLanguage,
	".mk": plainLanguage, ".cfg": plainLanguage, ".toml": plainLanguage,
}

// languageOf returns the language of a file by its name, nil where comments in
// it are not looked for.
func languageOf(file string) *language {
	name := strings.ToLower(path.Base(file))
	if name == "makefile" || name == "gnumakefile" {
		return plainLanguage
	}
	return languages[path.Ext(name)]
}

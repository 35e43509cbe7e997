package report

import (
	"strings"
	"testing/fstest"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/source"
)

// nasty is a file name with what each format gives a meaning to: workflow and
// logging commands, Markdown, HTML, a terminal, and text that runs backwards.
const nasty = "::error::a|b`c`<script>alert(1)</script>\n::set-output name=x::y ##vso[task.setvariable variable=x]y ##[stop-commands]z %0A;,]\u202e\x1b[2J&amp;[link](javascript:alert(1)) @everyone <!-- drlint --> \"q\".tf"

const nastyText = "resource \"x\" \"y\" {\n  a = \"LRS\" # ```suggestion ##vso[task.complete result=Failed] </details>\n  b = \"ü\"\n}\n"

// hostile is a report in which every text of the repository attacks its readers.
func hostile() *Report {
	in := func(text string) source.Range {
		start := strings.Index(nastyText, text)
		return source.Range{File: nasty, Start: start, End: start + len(text)}
	}
	rules := []*finding.Rule{
		{
			ID: "cache/backup-waste", Title: "A cache is not backed up", Severity: finding.Info, Tags: []string{finding.Cost},
			Description: "It can be filled again.", Fix: finding.Advice{finding.Everywhere: "Turn it off."},
		},
		{
			ID: "custom/mine", Title: "Mine | <b>bold</b>", Severity: finding.Medium, Custom: true,
			Description: "It | matters ] :: <img src=x onerror=alert(1)>", Fix: finding.Advice{finding.Everywhere: "Write `this`;\nthen ]that\u202e"},
		},
		{
			ID: "raw/not-replicated", Title: "Raw data has a copy in another region", Severity: finding.High,
			Description: "The source may have dropped what was copied.", Fix: finding.Advice{finding.Everywhere: "Use GRS."},
		},
		{ID: "raw/quiet", Title: "Nothing is wrong here", Severity: finding.Low, Description: "It matters.", Fix: finding.Advice{finding.Everywhere: "Keep it."}},
	}
	subject := finding.Subject{ID: "." + nasty, Address: "x." + nasty, Type: "x", Kind: "object_store", Stages: []string{"raw"}}
	grs := finding.Fix{Title: "Replicate it ](x) `y`", Safe: true, Edits: []finding.Edit{{At: in(`"LRS"`), New: `"GRS" # ` + "````suggestion"}}}
	fail := finding.Finding{
		Rule: rules[2], Verdict: finding.Fail, Severity: finding.High, Message: "Store " + nasty + " has no copy", Subject: subject,
		At: in(`"LRS"`), Body: in(nastyText), Via: []finding.Call{{Name: "module." + nasty, At: in("resource")}},
		Related: []finding.Related{{Message: "declared | there ]", At: in("resource")}}, Fingerprint: "0123456789abcdef",
		Environments: []string{"pr|od"}, Change: finding.New, Fixes: []finding.Fix{grs},
		Instances: []finding.Instance{{Subject: subject, Environments: []string{"pr|od"}}},
	}
	open, known, several, saving, comment := fail, fail, fail, fail, fail
	open.Verdict, open.Fixes, open.Change = finding.Unknown, nil, finding.Touched
	known.Suppressed = &finding.Suppression{Kind: "baseline"}
	several.At, several.Rule, several.Severity, several.Fixes = in(nastyText), rules[1], finding.Low, nil
	saving.Rule, saving.Severity, saving.Fixes = rules[0], finding.Info, nil
	comment.Subject, comment.Path, comment.Instances, comment.Via = finding.Subject{}, "", nil, nil
	comment.Message, comment.Fixes, comment.Environments, comment.Severity = "the comment ]ignores[ nothing", nil, nil, finding.Medium
	inline, configured := fail, fail
	inline.Suppressed = &finding.Suppression{Kind: "inline", Reason: "because | <i> ]", Until: "2027-01-31", Owner: "BI | <b>", At: in("# ```")}
	configured.Suppressed = &finding.Suppression{Kind: "configuration", Reason: "agreed", At: in("a =")}
	return &Report{
		Version: "1.2.3", Profile: finding.DefaultProfile, RuleSet: "2026-11", Rules: rules, Against: "origin/ma|in",
		Findings: []finding.Finding{fail, open, known, several, saving, comment, inline, configured},
		Diagnostics: []source.Diagnostic{
			{Code: "terraform/syntax", Severity: source.Error, Summary: "a ] is missing | <b>", Detail: "close\nit", At: in("a =")},
			{Code: "policy/limit", Severity: source.Error, Summary: "a rule took too long"},
			{Code: "terraform/module", Severity: source.Note, Summary: "a module was not read"},
		},
		Summary: Summary{
			Files: 1, Rules: 4, Checked: 9, Pass: 1, Fail: 7, Cost: 1, Unknown: 1, Suppressed: 3, Saving: 1, New: 4, Existing: 2,
			Failing: map[finding.Severity]int{finding.High: 1, finding.Medium: 1, finding.Low: 1},
		},
		Sources: source.NewStore(fstest.MapFS{nasty: {Data: []byte(nastyText)}}),
	}
}

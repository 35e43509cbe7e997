package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/model"
)

// htmlFinding is one finding as the page shows and filters it.
type htmlFinding struct {
	ID string // of its element
	// Verdict is that of the finding, or "ignored" for what users accepted.
	Verdict, Severity, Change string
	Saves                     bool
	Rule, RuleTitle, Page     string
	Message, Address, Kind    string
	File, Place               string
	Stages                    []string
	Environments              []string
	Where, Lowered            string
	Excerpt                   []htmlLine
	Via, Related              []htmlPlace
	Instances                 []string
	MoreInstances             int
	Why, Fix                  string
	Fixes                     []htmlFix
	Guide                     []string
	References                []htmlReference
	Ignore                    *htmlIgnore
	Suppressed                *htmlSuppression
	Fingerprint               string

	assets []string // the IDs of its subjects
	rank   int
}

// htmlPlace is a place that helps, with its text.
type htmlPlace struct {
	Text, Place string
	Excerpt     []htmlLine
}

type htmlReference struct{ URL, Text string }

type htmlSuppression struct{ Kind, Reason, Until, Place string }

// ignored is what the page calls the verdict of an accepted finding.
const ignored = "ignored"

// htmlVerdicts are the verdicts in the order in which the page shows them.
var htmlVerdicts = []string{string(finding.Fail), string(finding.Unknown), string(finding.Exempt), ignored}

// findings puts what fails first, the gravest before the others.
func (v *htmlView) findings() (list []htmlFinding) {
	for i := range v.report.Findings {
		list = append(list, v.finding(&v.report.Findings[i]))
	}
	slices.SortStableFunc(list, func(a, b htmlFinding) int {
		return cmp.Or(slices.Index(htmlVerdicts, a.Verdict)-slices.Index(htmlVerdicts, b.Verdict), a.rank-b.rank)
	})
	return list
}

// htmlVerdictGroup holds the findings of one verdict.
type htmlVerdictGroup struct {
	Verdict, Title, Lead string
	Findings             []htmlFinding
}

// groupsOf cuts ordered findings where the verdict changes.
func groupsOf(findings []htmlFinding) (groups []htmlVerdictGroup) {
	for start := 0; start < len(findings); {
		end := start + 1
		for end < len(findings) && findings[end].Verdict == findings[start].Verdict {
			end++
		}
		group := htmlVerdictWords[findings[start].Verdict]
		group.Verdict, group.Findings = findings[start].Verdict, findings[start:end]
		groups = append(groups, group)
		start = end
	}
	return groups
}

var htmlVerdictWords = map[string]htmlVerdictGroup{
	string(finding.Fail):    {Title: "Fails"},
	string(finding.Unknown): {Title: "Unknown", Lead: "What is written does not decide these; each says what is missing."},
	string(finding.Exempt):  {Title: "Exempt", Lead: "What the rule asks for is not needed here; each says why."},
	ignored:                 {Title: "Ignored", Lead: "Somebody accepted these and gave a reason."},
}

func (v *htmlView) finding(f *finding.Finding) htmlFinding {
	h := htmlFinding{
		ID: "f-" + f.Fingerprint, Verdict: string(f.Verdict), Severity: string(f.Severity), Change: string(f.Change),
		Saves: slices.Contains(f.Rule.Tags, finding.Cost), Rule: f.Rule.ID, RuleTitle: shown(f.Rule.Title),
		Message: shown(f.Message), Address: shown(f.Subject.Address), Kind: f.Subject.Kind, File: shown(f.At.File), Place: v.place(f.At),
		Stages: stagesOf(f), Environments: shownAll(f.Environments), Where: shown(f.Where()), Lowered: string(f.Lowered),
		Excerpt: v.excerpt(f.At, excerptAround), Why: shown(f.Rule.Description), Fix: shown(f.Advice()), Fixes: v.fixes(f),
		Fingerprint: f.Fingerprint, rank: f.Severity.Rank(), assets: []string{f.Subject.ID},
	}
	if !f.Rule.Custom {
		h.Page = RulePage(f.Rule.ID)
	}
	for _, call := range f.Via {
		h.Via = append(h.Via, htmlPlace{shown(call.Name), v.place(call.At), v.excerpt(call.At, 0)})
	}
	for _, related := range f.Related {
		h.Related = append(h.Related, htmlPlace{shown(related.Message), v.place(related.At), v.excerpt(related.At, 0)})
	}
	for _, statement := range f.Rule.Guide {
		h.Guide = append(h.Guide, string(statement))
	}
	for _, reference := range f.Rule.References {
		h.References = append(h.References, htmlReference{reference.URL, shown(cmp.Or(reference.Description, reference.URL))})
	}
	v.instances(f, &h)
	if s := f.Suppressed; s != nil {
		h.Verdict = ignored
		h.Suppressed = &htmlSuppression{s.Kind, shown(s.Reason), shown(s.Until), v.place(s.At)}
	} else if f.Verdict != finding.Exempt {
		h.Ignore = ignoreOf(f)
	}
	return h
}

// instances names the further subjects of one cause.
func (v *htmlView) instances(f *finding.Finding, h *htmlFinding) {
	const most = 100
	for i, instance := range f.Instances {
		h.assets = append(h.assets, instance.Subject.ID)
		if i >= most {
			h.MoreInstances++
			continue
		}
		text := instance.Subject.Address
		if len(instance.Via) > 0 {
			text += " via " + v.place(telling(f.Via, instance.Via).At)
		} else if instance.Subject.Root != f.Subject.Root {
			text += " of " + instance.Subject.Root
		}
		if names := strings.Join(instance.Environments, ", "); names != "" && !slices.Equal(instance.Environments, f.Environments) {
			text += " in " + names
		}
		h.Instances = append(h.Instances, shown(text))
	}
}

// stagesOf lists the stages of all subjects of a finding in the order data
// flows; none of them is "none".
func stagesOf(f *finding.Finding) (list []string) {
	found := map[string]bool{}
	for _, stage := range f.Subject.Stages {
		found[stage] = true
	}
	for _, instance := range f.Instances {
		for _, stage := range instance.Subject.Stages {
			found[stage] = true
		}
	}
	for _, stage := range model.Stages {
		if found[string(stage)] {
			list = append(list, string(stage))
		}
	}
	if len(list) == 0 {
		return []string{noStage}
	}
	return list
}

// noStage is the name for what belongs to no stage.
const noStage = "none"

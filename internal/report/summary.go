package report

import "github.com/drlint/drlint/internal/finding"

type summaryDocument struct {
	Files      int             `json:"files"`
	Assets     int             `json:"assets"`
	Rules      int             `json:"rules"`
	Checked    int             `json:"checked"`
	Pass       int             `json:"pass"`
	Fail       int             `json:"fail"`
	Cost       int             `json:"cost"`
	Unknown    int             `json:"unknown"`
	Exempt     int             `json:"exempt"`
	Suppressed int             `json:"suppressed"`
	Findings   tallyDocument   `json:"findings"`
	Ignored    ignoredDocument `json:"ignored"`
}

// tallyDocument counts findings that fail and are not ignored.
type tallyDocument struct {
	High    int `json:"high"`
	Medium  int `json:"medium"`
	Low     int `json:"low"`
	Info    int `json:"info"`
	Saving  int `json:"saving"`
	New     int `json:"new"`
	Touched int `json:"touched"`
}

// ignoredDocument counts suppressed findings by who decided that.
type ignoredDocument struct {
	Inline        int `json:"inline"`
	Configuration int `json:"configuration"`
	Baseline      int `json:"baseline"`
}

func summary(r *Report) summaryDocument {
	s := r.Summary
	d := summaryDocument{
		Files: s.Files, Assets: s.Assets, Rules: s.Rules, Checked: s.Checked, Pass: s.Pass, Fail: s.Fail, Cost: s.Cost,
		Unknown: s.Unknown, Exempt: s.Exempt, Suppressed: s.Suppressed,
		Findings: tallyDocument{
			High: s.Failing[finding.High], Medium: s.Failing[finding.Medium], Low: s.Failing[finding.Low],
			Info: s.Failing[finding.Info], Saving: s.Saving,
		},
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		switch {
		case f.Suppressed != nil:
			d.Ignored.add(f.Suppressed.Kind)
		case f.Verdict == finding.Fail && f.Change == finding.New:
			d.Findings.New++
		case f.Verdict == finding.Fail && f.Change == finding.Touched:
			d.Findings.Touched++
		}
	}
	return d
}

func (d *ignoredDocument) add(kind string) {
	switch kind {
	case "inline":
		d.Inline++
	case "configuration":
		d.Configuration++
	case "baseline":
		d.Baseline++
	}
}

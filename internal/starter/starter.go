// Package starter writes the first .drlint.yaml of a repository from what was
// found in it. What the code tells is said in comments, what nothing tells is
// asked, and nothing but what holds without asking is written as a setting.
package starter

import (
	"fmt"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/model"
)

// Source is everything that a configuration is made of. Equal sources give
// equal texts.
type Source struct {
	Model *model.Model
	// Files are the files that were read, as paths below the root, sorted.
	Files []string
	// RuleSet is the month of the newest rules: "2026-11".
	RuleSet string
}

// Blank stands in a suggestion for what only people know. The schema refuses it
// wherever it can stand.
const Blank = "____"

// pages is where the documentation lies that the comments name.
const pages = "https://github.com/drlint/drlint/blob/main/docs/"

// schema is where editors find the JSON schema of the file.
const schema = "https://raw.githubusercontent.com/drlint/drlint/main/internal/config/drlint.schema.json"

// Write returns the configuration. Lines that begin with "# " are prose; lines
// that begin with "#" and no space are suggestions, which count once the
// "#" is deleted.
func Write(from Source) string {
	w := &writer{}
	w.head(from)
	w.excludes(from.Files)
	w.platform(from.Model)
	w.stages(from.Model)
	w.deployments(from.Model)
	w.objectives(from.Model)
	w.attestations(from.Model)
	return w.text.String()
}

type writer struct{ text strings.Builder }

// setting writes a line that counts.
func (w *writer) setting(format string, arguments ...any) {
	fmt.Fprintf(&w.text, format+"\n", arguments...)
}

// suggest writes a line that counts without its "#".
func (w *writer) suggest(format string, arguments ...any) {
	fmt.Fprintf(&w.text, "#"+format+"\n", arguments...)
}

// say writes a paragraph of prose.
func (w *writer) say(format string, arguments ...any) {
	for _, line := range wrap(fmt.Sprintf(format, arguments...), lineWidth-2) {
		w.text.WriteString("# " + line + "\n")
	}
}

// item writes one line of a list within the prose.
func (w *writer) item(format string, arguments ...any) {
	w.text.WriteString(strings.TrimRight("#   "+fmt.Sprintf(format, arguments...), " ") + "\n")
}

func (w *writer) gap() { w.text.WriteString("\n") }

func (w *writer) head(from Source) {
	w.say("What drlint has to know about this repository and cannot read in it. All keys: %sconfiguration.md", pages)
	w.text.WriteString("# yaml-language-server: $schema=" + schema + "\n")
	w.text.WriteString("#\n")
	w.say("A line that begins with \"#\" and no space is a suggestion. Fill in what is left open (%s) and delete the \"#\"; until then it changes nothing.", Blank)
	w.setting("version: 1")
	w.gap()
	w.say("How much is judged: minimal (what could not be restored at all), default (what the guide insists on) or strict (declarations and housekeeping as well).")
	w.setting("profile: %s", finding.DefaultProfile)
	w.gap()
	w.say("Rules newer than this month do not run, so that a newer drlint breaks no build. Without it all rules run.")
	w.suggest("rule-set: %s", from.RuleSet)
	w.gap()
	w.say("The mildest severity that fails a run: high, medium, low, info or never.")
	w.setting("fail-on: %s", finding.Medium)
}

func (w *writer) platform(m *model.Model) {
	w.gap()
	where := regionsOf(m)
	if len(where.counted) > 0 {
		w.say("Regions: %s.", where.sentence())
	}
	if where.basis != "" {
		w.say("Recovery seems to be meant for %s: %s.", printable(where.recovery), where.basis)
	}
	places := fmt.Sprintf("regions: {primary: %s, recovery: %s}", orBlank(where.primary), orBlank(where.recovery))
	if !m.Platform.DataPlatform {
		w.say("No store with a stage, no data lake and no product of a data platform was found here, so rules about the repository as a whole stay silent. Is it one?")
		w.suggest("platform: {data: true, %s}", places)
		return
	}
	w.say("This is taken for a data platform, because of")
	for _, basis := range m.Platform.Basis {
		w.item("%s", printable(basis))
	}
	w.say("so rules about the repository as a whole (its mirror, its deployment) speak too. If it is none: platform: {data: false}")
	w.suggest("platform: {%s}", places)
}

func orBlank(text string) string {
	if text == "" {
		return Blank
	}
	return scalar(text)
}

// objectives asks for what no code says, of the stages that were found.
func (w *writer) objectives(m *model.Model) {
	found := stagesIn(m)
	if len(found) == 0 {
		return
	}
	w.gap()
	w.say("How much may be lost (rpo), how long may it be away (rto), how late may a loss be noticed (detection)? Lengths are written 15 min, 4h or 30 days. Without them drlint judges whether there is a way back, not whether it is quick and recent enough.")
	w.suggest("objectives:")
	for _, stage := range found {
		w.suggest("- {stage: %s, rpo: %s, rto: %s, detection: %s, owner: %s}", stage, Blank, Blank, Blank, Blank)
	}
}

// asked are the stages whose loss somebody would notice; scratch space and
// copies have no objectives of their own.
var asked = []model.Stage{model.SourceStage, model.Ingest, model.Raw, model.Enriched, model.Curated, model.Presentation, model.Modeled, model.ModelStore}

func stagesIn(m *model.Model) (found []model.Stage) {
	for _, stage := range asked {
		if slices.ContainsFunc(m.Assets, func(a *model.Asset) bool {
			return !demonstrates(a) && slices.ContainsFunc(a.Stages, func(s model.StageFact) bool { return s.Stage == stage })
		}) {
			found = append(found, stage)
		}
	}
	return found
}

// attestations asks for the protection that repositories most often have and
// no file in them shows.
func (w *writer) attestations(m *model.Model) {
	off := func(a *model.Asset) bool {
		return a.Kind == model.Repository && a.Protections[model.MirrorCopy].State == model.Off && !demonstrates(a)
	}
	if !m.Platform.DataPlatform || !slices.ContainsFunc(m.Assets, off) {
		return
	}
	w.gap()
	w.say("No workflow here copies the repository to another host. If somebody else does (until is the last day on which this counts, such as 2027-06-30):")
	w.suggest("attestations:")
	w.suggest("- {protection: %s, what: %s, where: %s, owner: %s, until: %s}", model.MirrorCopy, Blank, Blank, Blank, Blank)
}

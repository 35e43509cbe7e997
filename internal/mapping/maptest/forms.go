package maptest

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
)

// formNames are the forms in which Azure's users write one thing: the folders of
// an archive.
var formNames = []string{"azurerm", "azapi", "arm", "bicep"}

// Forms checks that one platform gives one model, whatever form it is written
// in. An archive in testdata/forms has one folder a form with the same platform
// in each, and a file "want" with the model of all of them: everything but
// addresses, places, the words of explanations and the guards that only one tool
// has. A form that cannot express it is left out with a line "without <form>:
// <reason>" in the archive's comment. A service is added by adding an archive.
func Forms(t *testing.T, analyzers []Analyzer, mappers []draft.Mapper) {
	t.Helper()
	paths, err := filepath.Glob("testdata/forms/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) { forms(t, path, analyzers, mappers) })
	}
}

func forms(t *testing.T, path string, analyzers []Analyzer, mappers []draft.Mapper) {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want, texts := "", map[string]string{}
	for _, file := range archive.Files {
		if file.Name == "want" {
			want = string(file.Data)
		}
	}
	for _, form := range formNames {
		inputs := folder(archive, form)
		excused := strings.Contains(string(archive.Comment), "without "+form+": ")
		if (len(inputs.Files) > 0) == excused {
			t.Errorf("%s is written and excused, or neither", form)
		}
		if len(inputs.Files) > 0 {
			texts[form] = Essence(Model(t, inputs, claiming(t, form, inputs, analyzers), mappers))
		}
	}
	if *update {
		want = texts[firstForm(texts)]
		rewrite(t, path, archive, want)
	}
	for _, form := range slices.Sorted(maps.Keys(texts)) {
		if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(texts[form], "\n")); diff != "" {
			t.Errorf("%s differs (-want +%s):\n%s", form, form, diff)
		}
	}
}

func firstForm(texts map[string]string) string {
	for _, form := range formNames {
		if _, ok := texts[form]; ok {
			return form
		}
	}
	return ""
}

// folder returns the files of one form, with paths below its folder.
func folder(archive *txtar.Archive, form string) *txtar.Archive {
	inputs := &txtar.Archive{}
	for _, file := range archive.Files {
		if name, ok := strings.CutPrefix(file.Name, form+"/"); ok {
			inputs.Files = append(inputs.Files, txtar.File{Name: name, Data: file.Data})
		}
	}
	return inputs
}

// claiming fails when nobody reads a form: its model would be empty, and equal
// to other empty ones.
func claiming(t *testing.T, form string, inputs *txtar.Archive, analyzers []Analyzer) []Analyzer {
	t.Helper()
	for _, file := range inputs.Files {
		if !slices.ContainsFunc(analyzers, func(a Analyzer) bool { return a.Claims(file.Name) }) {
			t.Errorf("no analyzer claims %s/%s", form, file.Name)
		}
	}
	return analyzers
}

func rewrite(t *testing.T, path string, archive *txtar.Archive, want string) {
	t.Helper()
	archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool { return f.Name == "want" })
	archive.Files = append(archive.Files, txtar.File{Name: "want", Data: []byte(want)})
	if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
		t.Fatal(err)
	}
}

// purgedOnDestroy is a setting that says what one tool does: azurerm purges what
// it destroys, which no other form can ask for.
const purgedOnDestroy = "purged_on_destroy"

// Essence writes what a model says apart from how and where it is written: one
// paragraph an asset or a flow, in order. The guard of the
// infrastructure tool and what it purges are left out, because deployments of
// templates have neither.
func Essence(m *model.Model) string {
	var paragraphs []string
	for _, a := range m.Assets {
		paragraphs = append(paragraphs, essence(m, a))
	}
	for _, f := range m.Flows {
		paragraphs = append(paragraphs, fmt.Sprintf("flow %s from %s to %s mode %s write %s dated %s interval %s\n",
			f.Activity, nameOf(m, f.From), nameOf(m, f.To), bare(f.Mode), bare(f.Write), bare(f.Dated), bare(f.Interval)))
	}
	slices.Sort(paragraphs)
	return strings.Join(paragraphs, "")
}

func nameOf(m *model.Model, id string) string {
	if a := m.Asset(id); a != nil {
		return bare(a.Name)
	}
	return "-"
}

func essence(m *model.Model, a *model.Asset) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %s region %s", a.Kind, a.Service, bare(a.Name), bare(a.Region))
	if a.Within != "" {
		fmt.Fprintf(&b, " within %s", nameOf(m, a.Within))
	}
	b.WriteByte('\n')
	for _, key := range slices.Sorted(maps.Keys(a.Tags)) {
		fmt.Fprintf(&b, "  tag %s=%s\n", key, a.Tags[key])
	}
	for _, name := range model.ProtectionsOf(a.Kind) {
		if name != model.DestroyGuard {
			b.WriteString(essenceOf(name, a.Protections[name]))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(a.Settings)) {
		if name != purgedOnDestroy {
			fmt.Fprintf(&b, "  setting %s: %s\n", name, bare(a.Settings[name]))
		}
	}
	for _, e := range a.Expiries {
		fmt.Fprintf(&b, "  expires %s after %s days, %s %v\n", e.Target, bare(e.Days), e.Scope, e.Prefixes)
	}
	var related []string
	for _, r := range a.Relations {
		related = append(related, fmt.Sprintf("  %s %s\n", r.Type, nameOf(m, r.Target)))
	}
	slices.Sort(related)
	b.WriteString(strings.Join(slices.Compact(related), ""))
	return b.String()
}

func essenceOf(name string, p model.Protection) string {
	var lines []string
	for _, m := range p.Means {
		lines = append(lines, fmt.Sprintf("    %s %s scope %s window %s interval %s region %s other_region %s other_account %s locked %s propagates_deletes %s\n",
			m.Mechanism, m.State, m.Scope, bare(m.Window), bare(m.Interval), bare(m.Region), m.OtherRegion, m.OtherAccount, m.Locked, m.PropagatesDeletes))
	}
	slices.Sort(lines)
	state := string(p.State)
	if p.State == model.On && p.Scope != model.Whole {
		state += " (" + string(p.Scope) + ")"
	}
	if p.Inherited != "" {
		state += ", inherited"
	}
	return fmt.Sprintf("  %s: %s\n%s", name, state, strings.Join(lines, ""))
}

// bare writes a fact without the reason why it is open, which names the
// attribute of one form.
func bare(f model.Fact) string {
	switch {
	case f.State == model.Unknown:
		return "unknown"
	case f.State == model.Known && f.Defaulted:
		return fmt.Sprintf("%v (default)", f.Value)
	case f.State == model.Known:
		return fmt.Sprint(f.Value)
	default:
		return "-"
	}
}

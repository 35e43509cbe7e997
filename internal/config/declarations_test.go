package config

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/drlint/drlint/internal/declaration"
	"github.com/drlint/drlint/internal/model"
)

func TestLoadDeclarations(t *testing.T) {
	c, problems := load(`version: 1
platform:
  regions: {primary: westeurope, recovery: northeurope}
objectives:
  - {stage: raw, rpo: 15 min, rto: 4h, recreate: 1 month, owner: data platform}
facts:
  - name: iot-*
    source-keeps: forever
    backup-cost: 120
    recreatable: false
    owner: data platform
    until: 2027-06-30
systems-of-record:
  - {host: "*.sap.contoso.com", keeps: 10 years, backed-up: true, owner: SAP basis, until: 2027-01-31}
change-control:
  - {path: adf/**, where: change board, owner: BI, until: 2027-01-31}
attestations:
  - protection: mirror
    what: mirror of the organisation
    where: git.contoso.com
    every: PT6H
    window: 30 days
    locked: true
    owner: platform operations
    until: "2027-01-31"
`)
	if problems != nil {
		t.Fatal(problems)
	}
	day := func(year int, month time.Month, day int) time.Time {
		return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	}
	fact := func(value any) model.Fact { return model.Fact{State: model.Known, Value: value} }
	want := declaration.Declarations{
		PrimaryRegion: fact("westeurope"), RecoveryRegion: fact("northeurope"),
		Entries: []declaration.Entry{
			{
				Section: "objectives", Select: declaration.Selector{Stage: model.Raw}, Owner: "data platform", By: ".drlint.yaml:5",
				Facts: []declaration.Stated{
					{Name: model.RPOHours, Fact: fact(0.25)}, {Name: model.RTOHours, Fact: fact(4.0)},
					{Name: model.RecreateHours, Fact: fact(720.0)}, {Name: model.Owner, Fact: fact("data platform")},
				},
			},
			{
				Section: "facts", Select: declaration.Selector{Name: "iot-*"}, Owner: "data platform", By: ".drlint.yaml:7", Until: day(2027, 6, 30),
				Facts: []declaration.Stated{
					{Name: model.Recreatable, Fact: fact(false)}, {Name: model.SourceKeepsDays, Fact: fact(model.Forever)}, {Name: model.BackupCost, Fact: fact(120.0)},
				},
			},
			{
				Section: "systems-of-record", Select: declaration.Selector{Host: "*.sap.contoso.com"}, Owner: "SAP basis", By: ".drlint.yaml:14", Until: day(2027, 1, 31),
				Facts: []declaration.Stated{{Name: model.BackedUp, Fact: fact(true)}, {Name: model.SourceKeepsDays, Fact: fact(3650.0)}},
			},
			{
				Section: "change-control", Select: declaration.Selector{Path: "adf/**"}, Owner: "BI", By: ".drlint.yaml:16", Until: day(2027, 1, 31),
				Facts: []declaration.Stated{{Name: model.ChangeControl, Fact: fact("change board")}},
			},
			{
				Section: "attestations", Owner: "platform operations", By: ".drlint.yaml:18", Until: day(2027, 1, 31),
				Attests: &declaration.Attestation{
					Protection: model.MirrorCopy, What: "mirror of the organisation", Where: "git.contoso.com",
					Region: model.Fact{State: model.Absent}, Window: fact(30.0), Every: fact(6.0),
					Locked: model.Yes, OtherAccount: model.Maybe, RepeatsDeletions: model.Maybe,
				},
			},
		},
	}
	ignorePlaces := cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".At" }, cmp.Ignore())
	if diff := cmp.Diff(want, c.Declarations, ignorePlaces); diff != "" {
		t.Error(diff)
	}
}

func TestDeclarationsPlaceProblems(t *testing.T) {
	cases := map[string]string{
		"objectives:\n  - {stage: raw, rpo: soon, owner: a}\n": `3:23 objectives.0.rpo cannot be "soon": write a number and a unit, such as "15 min", "4h", "30 days" or "1 month"`,
		"objectives:\n  - {stage: raw, rpo: 4, owner: a}\n":    `3:23 objectives.0.rpo is no text: write a number and a unit, such as "15 min", "4h", "30 days" or "1 month"`,
		"objectives:\n  - {stage: raw, owner: a}\n":            "3:5 an entry of objectives needs at least one of rpo, rto, detection, reaction, load, recreate and recovery-region",
		"objectives:\n  - {rpo: 4h, owner: a}\n":               "3:5 an entry of objectives needs at least one of stage, kind, address, name, path, tag and host",
		"objectives:\n  - {stage: raw, rpo: 4h}\n":             "3:5 objectives.0: missing property 'owner'",
		"objectives:\n  - {stage: raw, rp: 4h, owner: a}\n": `3:5 an entry of objectives needs at least one of rpo, rto, detection, reaction, load, recreate and recovery-region
3:18 unknown key "rp" in objectives.0; did you mean "rpo"?`,
		"facts:\n  - {stage: raw, recreatable: true, owner: a}\n":                                    "3:5 facts.0: missing property 'until'",
		"facts:\n  - {stage: raw, recreatable: true, owner: a, until: next year}\n":                  `3:54 facts.0.until cannot be "next year": write the last day on which it counts, such as 2027-06-30`,
		"facts:\n  - {stage: raw, source-keeps: always, owner: a, until: 2027-06-30}\n":              `3:32 facts.0.source-keeps cannot be "always": write a number and a unit, such as "30 days" or "10 years", or "forever"`,
		"attestations:\n  - {protection: mirrors, what: a, where: b, owner: c, until: 2027-06-30}\n": `3:18 attestations.0.protection cannot be "mirrors"; it is one of zone_redundancy, geo_replication, versioning, soft_delete, container_soft_delete, point_in_time_restore, backup, immutability, purge_protection, delete_guard, destroy_guard, mirror, undeletable_copy, branch_protection; did you mean "mirror"?`,
		"attestations:\n  - {protection: backup, what: a, where: b, owner: c, until: 2027-06-30}\n":  "3:5 an entry of attestations needs at least one of stage, kind, address, name, path, tag and host",
		"change-control:\n  - {path: \"a[\", where: b, owner: c, until: 2027-06-30}\n":               `3:12 "a[" is not a valid glob`,
		"platform: {regions: {secondary: northeurope}}\n":                                            `2:22 unknown key "secondary" in platform.regions; did you mean "recovery"?`,
	}
	for text, want := range cases {
		_, got := load("version: 1\n" + text)
		if diff := cmp.Diff(want, strings.Join(got, "\n")); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

// The schema offers every kind, stage and protection of the model.
func TestSchemaKnowsTheModel(t *testing.T) {
	var schema struct {
		Defs struct {
			Protection struct{ Enum []string }
			Selectors  struct {
				Stage, Kind struct{ Enum []string }
			}
		} `json:"$defs"`
	}
	if err := json.Unmarshal(schemaText, &schema); err != nil {
		t.Fatal(err)
	}
	protections := map[string]bool{}
	for i, kind := range model.Kinds {
		if got := schema.Defs.Selectors.Kind.Enum; i >= len(got) || got[i] != string(kind) {
			t.Errorf("kind %s is missing in %v", kind, got)
		}
		for _, name := range model.ProtectionsOf(kind) {
			protections[name] = true
		}
	}
	for i, stage := range model.Stages {
		if got := schema.Defs.Selectors.Stage.Enum; i >= len(got) || got[i] != string(stage) {
			t.Errorf("stage %s is missing in %v", stage, got)
		}
	}
	listed := map[string]bool{}
	for _, name := range schema.Defs.Protection.Enum {
		listed[name] = true
	}
	if diff := cmp.Diff(protections, listed); diff != "" {
		t.Error(diff)
	}
}

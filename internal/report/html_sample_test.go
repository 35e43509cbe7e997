package report

import (
	"fmt"
	"strings"
	"testing/fstest"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/source"
)

// variety is a report whose findings differ in everything that a page filters,
// with every part that a finding can have.
func variety() *Report {
	r := sample()
	files := map[string]string{"lake/main.tf": account, "lake/dir name/main.tf": account, ".github/workflows/deploy.yml": "on: push\njobs: {}\n", "main.tf": lake}
	fsys := fstest.MapFS{}
	for name, data := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(data)}
	}
	r.Sources = source.NewStore(fsys)
	r.Model = &model.Model{Platform: model.Platform{Name: "contoso-lake"}, Assets: append(r.Assets, platform()...)}
	r.Against, r.Before = "origin/main", &model.Model{Assets: earlier()}
	r.Rules = []*finding.Rule{
		r.Rules[0],
		{ID: "scripts/no-mirror", Title: "The repository has a copy on another host", Severity: finding.Medium, Description: "One host is one account.", Fix: finding.Advice{finding.Everywhere: "Push with `git push --mirror`."}, Guide: []finding.Statement{"46", "19a"}},
		{ID: "cache/backup-waste", Title: "Caches are not backed up", Severity: finding.Info, Description: "A cache is filled again.", Fix: finding.Advice{finding.Everywhere: "Leave it out."}, Tags: []string{finding.Cost}},
		{ID: "custom/named", Title: "Names follow the convention", Severity: finding.Low, Description: "People look for them.", Fix: finding.Advice{finding.Everywhere: "Rename it."}, Custom: true},
	}
	places := []string{"lake/main.tf", "lake/dir name/main.tf", ".github/workflows/deploy.yml"}
	stages := [][]string{{"raw"}, {"raw", "curated"}, nil, {"model"}}
	verdicts := []finding.Verdict{finding.Fail, finding.Fail, finding.Unknown, finding.Exempt, finding.Fail}
	changes := []finding.Change{"", finding.New, finding.Touched}
	environments := [][]string{nil, {"dev"}, {"dev", "prod"}}
	template := r.Findings[0]
	r.Findings = nil
	for i := range 30 {
		f := template
		file := places[i%len(places)]
		f.Rule, f.Verdict, f.Change = r.Rules[i%len(r.Rules)], verdicts[i%len(verdicts)], changes[(i/2)%len(changes)]
		f.Severity, f.Fingerprint = f.Rule.Severity, fmt.Sprintf("%016x", i+1)
		f.Message = fmt.Sprintf("Store number%02d has no answer", i)
		f.Subject.Stages, f.Instances = stages[(i/3)%len(stages)], nil
		f.Environments, f.Others = environments[(i/5)%len(environments)], nil
		start := strings.Index(files[file], "\n") + 1
		f.At = source.Range{File: file, Start: start, End: start + 6}
		switch i % 8 {
		case 1:
			f.Fixes = []finding.Fix{{Title: "Write it out", Safe: i%16 == 1, Edits: []finding.Edit{{At: f.At, New: "better"}}}}
		case 4:
			f.Suppressed = &finding.Suppression{Kind: "inline", Reason: "rebuilt from the source", Until: "2031-01-31", At: f.At}
		}
		r.Findings = append(r.Findings, f)
	}
	return r
}

// earlier is the platform before a change, which lost an answer, gained one and
// knows one that it did not know.
func earlier() []*model.Asset {
	assets := platform()
	of := func(i, fault int, survives model.Tri) {
		at := model.Faults[fault]
		s := assets[i].Recovery[at]
		s.Survives = survives
		assets[i].Recovery[at] = s
	}
	of(0, 0, model.No)
	of(0, 1, model.Yes)
	of(1, 2, model.Maybe)
	return assets
}

// platform is a lake in two environments, which survives some faults and not others.
func platform() (assets []*model.Asset) {
	for _, environment := range []string{"prod", "dev"} {
		for i, stage := range []model.Stage{model.Raw, model.Curated, model.Presentation} {
			name := fmt.Sprintf("st%s%s", stage, environment)
			a := &model.Asset{
				ID: "infra#" + name, Kind: model.ObjectStore, Provider: "azure", Service: "storage", Address: "azurerm_storage_account." + name, Root: "infra",
				Name: model.KnownFact(name, source.Range{}), Region: model.KnownFact("westeurope", source.Range{}), Environment: environment,
				Stages: []model.StageFact{{Stage: stage, Basis: "name", Confidence: model.Medium}}, Recovery: map[model.Fault]model.Survival{},
			}
			for j, fault := range model.Faults[:6] {
				switch (i + j) % 3 {
				case 0:
					a.Recovery[fault] = model.Survival{Survives: model.Yes, Mechanism: "azure.grs", RTO: "hours", RPOHours: model.KnownFact(0.25, source.Range{}), RPOBasis: "typical"}
				case 1:
					a.Recovery[fault] = model.Survival{Survives: model.No, Why: "nothing covers it"}
				default:
					a.Recovery[fault] = model.Survival{Survives: model.Maybe, Mechanism: "azure.blob_versioning", Why: "var.versions has no default", At: source.Range{File: "main.tf", Start: 0, End: 6}}
				}
			}
			assets = append(assets, a)
		}
	}
	return assets
}

package policy

import (
	"context"
	"fmt"
	"testing"
	"testing/fstest"
	"time"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/source"
)

var benchKinds = []model.Kind{model.ObjectStore, model.Database, model.Container, model.Table, model.BackupVault}

// benchRules are n rules over five kinds; every fourth one follows relations.
func benchRules(n int) (fstest.MapFS, []finding.Rule) {
	fsys, index := fstest.MapFS{}, make([]finding.Rule, n)
	for i := range n {
		kind := string(benchKinds[i%5])
		name := model.ProtectionsOf(benchKinds[i%5])[i/5%6]
		body := fmt.Sprintf(`
deny contains {"asset": a.id, "at": "protections.%[1]s", "message": message} if {
	some a in input.assets
	p := a.protections.%[1]s
	p.state == "off"
	message := sprintf("%%s has no %[1]s: %%s", [a.address, p.why])
}

unknown contains {"asset": a.id, "at": "protections.%[1]s", "message": a.protections.%[1]s.why} if {
	some a in input.assets
	a.protections.%[1]s.state == "unknown"
}
`, name)
		if i%4 == 3 {
			body += `
deny contains {"asset": a.id, "message": "the copy is in the same region"} if {
	some a in input.assets
	some r in a.relations
	r.type == "backed_up_by"
	input.by_id[r.target].region.value == a.region.value
}
`
		}
		id := fmt.Sprintf("bench/rule-%d", i)
		fsys[id+"/rule.rego"] = &fstest.MapFile{Data: []byte(ruleFile(fmt.Sprintf("rules.bench.rule_%d", i), "#   kinds: ["+kind+"]\n", body))}
		index[i] = finding.Rule{ID: id, Kinds: []string{kind}}
	}
	return fsys, index
}

// benchModel has n assets of these kinds, most of them protected.
func benchModel(n int) *model.Model {
	m := &model.Model{}
	for i := range n {
		at := source.Range{File: "main.tf", Start: i, End: i + 1}
		a := &model.Asset{
			ID: fmt.Sprintf(".#a%06d", i), Kind: benchKinds[i%5], Provider: "aws", Service: "s3", Type: "aws_s3_bucket",
			Address: fmt.Sprintf("aws_s3_bucket.a%06d", i), Name: model.KnownFact(fmt.Sprintf("a%06d", i), at), Region: model.KnownFact("eu-west-1", at),
			Protections: map[string]model.Protection{}, At: at, Relations: []model.Relation{{Type: "backed_up_by", Target: fmt.Sprintf(".#a%06d", i*7%n)}},
		}
		for j, name := range model.ProtectionsOf(a.Kind) {
			a.Protections[name] = model.Protection{State: model.Off, Why: "nothing provides it", At: at}
			if (i+j)%8 != 0 {
				a.Protections[name] = model.Protection{State: model.On, Scope: model.Whole, At: at, Means: []model.Means{{
					Mechanism: "s3.versioning", State: model.On, Scope: model.Whole, Window: model.KnownFact(35.0, at), By: a.Address, At: at,
				}}}
			}
		}
		m.Assets = append(m.Assets, a)
	}
	return m
}

func BenchmarkEval(b *testing.B) {
	fsys, index := benchRules(80)
	for _, n := range []int{10, 1000, 10000} {
		m := benchModel(n)
		b.Run(fmt.Sprintf("assets=%d/rules=80", n), func(b *testing.B) {
			set, err := Load(fsys, index)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := set.Eval(context.Background(), m, Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkInput(b *testing.B) {
	m := benchModel(10000)
	b.ReportAllocs()
	for b.Loop() {
		newInputs(m, newScopes(m), time.Time{})
	}
}

func BenchmarkLoadAndCompile(b *testing.B) {
	for _, n := range []int{8, 80} {
		fsys, index := benchRules(n)
		b.Run(fmt.Sprintf("rules=%d", n), func(b *testing.B) {
			for b.Loop() {
				set, err := Load(fsys, index)
				if err == nil {
					err = set.Compile(context.Background())
				}
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

package recoverymap

import (
	"fmt"
	"io"
	"testing"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/recovery"
)

// wide10000 is a platform of many stores: accounts with ten containers in five
// stages, loaded from one another.
func wide10000() *builder {
	b := build("large")
	stages := []model.Stage{model.Raw, model.Enriched, model.Curated, model.Presentation, model.ModelStore}
	var last *model.Asset
	for i := range 1000 {
		account := b.add(model.ObjectStore, "azure storage", fmt.Sprintf("st%04d", i))
		for j := range 9 {
			a := b.add(model.Container, "azure storage", fmt.Sprintf("c%d", j), staged(stages[j%len(stages)]), within(account))
			if last != nil {
				b.flow(fmt.Sprintf("Load%d", j), full, last, a, "")
			}
			last = a
		}
		last = nil
	}
	recovery.Compute(b.model)
	return b
}

func BenchmarkBuild(b *testing.B) {
	m := wide10000().model
	for b.Loop() {
		Build(Source{Model: m})
	}
}

func BenchmarkFormats(b *testing.B) {
	atlas := wide10000().atlas()
	for _, name := range Formats() {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := writers[name](io.Discard, atlas, Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("night", func(b *testing.B) {
		for b.Loop() {
			if err := NightText(io.Discard, Tell(atlas, model.RegionFault), Options{}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

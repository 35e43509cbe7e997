package model_test

import (
	"testing"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/source"
)

func TestPlaceOfAFlow(t *testing.T) {
	at := func(start int) source.Range {
		return source.Range{File: "adf/pipeline/load.json", Start: start, End: start + 1}
	}
	a := &model.Asset{ID: "lake", At: at(1)}
	m := &model.Model{Flows: []model.Flow{
		{ID: "adf#load", At: at(2), Write: model.KnownFact("overwrite", at(3))},
		{ID: "adf#load.v2", At: at(4), Write: model.KnownFact("append", at(5))},
	}}
	for path, want := range map[string]source.Range{
		"": at(1), "flows.adf#load": at(2), "flows.adf#load.write": at(3), "flows.adf#load.dated": at(2),
		"flows.adf#load.v2": at(4), "flows.adf#load.v2.write": at(5),
	} {
		if got, ok := m.Place(a, path); !ok || got != want {
			t.Errorf("Place(%q) = %v, %v; want %v", path, got, ok, want)
		}
	}
	for _, path := range []string{"flows.", "flows.adf", "flows.adf#other.write", "flows.adf#load.colour", "flowers"} {
		if got, ok := m.Place(a, path); ok {
			t.Errorf("Place(%q) = %v, which does not exist", path, got)
		}
	}
}

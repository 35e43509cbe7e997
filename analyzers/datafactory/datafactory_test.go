package datafactory_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/drlint/drlint/analyzers/datafactory"
	"github.com/drlint/drlint/internal/guard"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

var update = flag.Bool("update", false, "write what the analyzer says into the archives")

func TestGolden(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			last := len(archive.Files) - 1
			files := map[string][]byte{}
			for _, file := range archive.Files[:last] {
				files[file.Name] = file.Data
			}
			got := dump(files, analyze(files))
			if *update {
				archive.Files[last].Data = []byte(got)
				if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(archive.Files[last].Data), got); diff != "" {
				t.Errorf("result differs (-want +got):\n%s", diff)
			}
		})
	}
}

func analyze(files map[string][]byte) resource.Result {
	fsys := fstest.MapFS{}
	var claimed []string
	for name, data := range files {
		fsys[name] = &fstest.MapFile{Data: data}
		if datafactory.New().Claims(name) {
			claimed = append(claimed, name)
		}
	}
	slices.Sort(claimed)
	return datafactory.New().Analyze(context.Background(), source.Tree{FS: fsys, Files: claimed}, claimed)
}

// dump writes resources and diagnostics with the text at their places.
func dump(files map[string][]byte, result resource.Result) string {
	var b strings.Builder
	at := func(r source.Range) string {
		lines := source.NewLines(files[r.File])
		start := lines.Pos(r.Start)
		text := strings.Join(strings.Fields(string(files[r.File][r.Start:r.End])), " ")
		return fmt.Sprintf("%s:%d:%d %.40s", r.File, start.Line, start.Column, text)
	}
	fmt.Fprintf(&b, "%d files\n", result.Files)
	for _, r := range result.Resources {
		fmt.Fprintf(&b, "%s %s %s %s at %s\n", r.ID, r.Format, r.Type, r.Mode, at(r.At))
		value(&b, "  ", r.Attrs)
	}
	for _, d := range result.Diagnostics {
		fmt.Fprintf(&b, "%s %s: %s at %s\n", d.Severity, d.Code, d.Summary, at(d.At))
	}
	return b.String()
}

func value(b *strings.Builder, indent string, v resource.Value) {
	for _, f := range v.Fields {
		text, known := f.Value.AsString()
		if !known {
			text = strings.TrimSpace(f.Value.Why + " " + strings.ReplaceAll(f.Value.Hint, string(resource.Hole), "□"))
		}
		fmt.Fprintf(b, "%s%s: %s\n", indent, f.Name, text)
		value(b, indent+"  ", f.Value)
	}
}

func TestClaims(t *testing.T) {
	cases := map[string]bool{
		"pipeline/a.json": true, "x/LinkedService/a.JSON": true, "x/datasets/a.json": true, "a/publish_config.json": true,
		"template-parameters-definition.json": true, "pipeline/a.yml": false, "pipeline/sub/a.json": false, "a.json": false,
		"managedVirtualNetwork/default/managedPrivateEndpoint/a.json": true,
	}
	for path, want := range cases {
		if got := datafactory.New().Claims(path); got != want {
			t.Errorf("%s: %v", path, got)
		}
	}
}

// A pipeline of Fabric is no pipeline of Data Factory, even in a folder of that name.
func TestFabricPipeline(t *testing.T) {
	const pipeline = `{"name": "P", "properties": {"activities": [{"name": "a", "type": "Copy"}, {"name": "b", "type": "%s"}]}}`
	for activity, want := range map[string]bool{"TridentNotebook": false, "SynapseNotebook": true} {
		result := analyze(map[string][]byte{"src/pipelines/P.json": fmt.Appendf(nil, pipeline, activity)})
		if got := len(result.Resources) > 0; got != want {
			t.Errorf("%s: %v", activity, result.Resources)
		}
	}
}

func TestHostile(t *testing.T) {
	deep := `{"name": "Deep", "properties": {"activities": ` + strings.Repeat("[", 5000)
	files := map[string][]byte{
		"pipeline/Deep.json": []byte(deep),
		"dataset/data.json":  []byte(`{"properties": ` + strings.Repeat("[", 5000)),
		"pipeline/Good.json": []byte("\xef\xbb\xbf" + `{"name": "Good", "properties": {"activities": []}}`),
		"pipeline/utf.json":  []byte("{\"properties\": {\"activities\": [\"\xff\"]}}"),
		"pipeline/Big.json":  append([]byte(`{"properties": {"activities": [`), make([]byte, guard.JSON.Bytes)...),
	}
	result := analyze(files)
	var codes []string
	for _, d := range result.Diagnostics {
		codes = append(codes, d.At.File+" "+d.Code)
	}
	want := []string{"pipeline/Big.json guard/too-large", "pipeline/Deep.json guard/too-deep", "pipeline/utf.json guard/not-utf8"}
	if diff := cmp.Diff(want, codes); diff != "" {
		t.Errorf("diagnostics (-want +got):\n%s", diff)
	}
	if len(result.Resources) != 2 || result.Resources[1].Name != "Good" {
		t.Errorf("resources %v", result.Resources)
	}
}

func FuzzAnalyze(f *testing.F) {
	for _, seed := range []string{
		`{"name": "a", "properties": {"activities": []}}`, `{"properties": {"type": "ScheduleTrigger"}}`, `{"properties": {"type": "X", "typeProperties": {}, "activities"`,
		`{"$schema": "datafactories.schema.management.azure.com", "properties": 1}`, `[]`, `{"name": "__A__", "location": "x", "publishBranch": 5, "properties": {"nbformat": 4, "cells": 1}}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		files := map[string][]byte{"publish_config.json": data, "arm-template-parameters-definition.json": data}
		for _, folder := range []string{"pipeline", "dataset", "linkedService", "trigger", "notebook", "factory", "integrationRuntime", "dataflow"} {
			files[folder+"/a.json"] = data
		}
		for _, r := range analyze(files).Resources {
			if r.At.End > len(files[r.At.File]) || r.At.Start > r.At.End {
				t.Fatalf("%s lies outside its file: %v", r.ID, r.At)
			}
		}
	})
}

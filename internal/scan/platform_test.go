package scan

import (
	"slices"
	"testing"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/source"
)

func TestBasis(t *testing.T) {
	at := func(file string) source.Range { return source.Range{File: file} }
	bucket := func(address, file string) *model.Asset {
		return &model.Asset{Kind: model.ObjectStore, Address: address, Name: model.UnknownFact("var.x has no default", at(file)), At: at(file)}
	}
	staged := func(a *model.Asset, confidence model.Confidence) *model.Asset {
		a.Stages = []model.StageFact{{Stage: model.Raw, Confidence: confidence}}
		return a
	}
	m := &model.Model{Assets: []*model.Asset{
		bucket("aws_s3_bucket.data_lake", "lake/main.tf"),
		bucket("aws_s3_bucket.data_lake", "examples/lake/main.tf"),
		bucket("aws_s3_bucket.assets", "web/main.tf"),
		staged(bucket("aws_s3_bucket.raw", "photos/main.tf"), model.Low),
		staged(bucket("aws_s3_bucket.events", "events/main.tf"), model.High),
		{Kind: model.ObjectStore, Address: "data_lake", At: at("avm/lake/main.bicep"), Root: "avm/lake/tests/e2e/max/main.test.bicep"},
		{Kind: model.BackupVault, Address: "aws_backup_vault.data_lake", At: at("lake/main.tf")},
	}}
	want := []string{"aws_s3_bucket.data_lake is a data lake by its name", "aws_s3_bucket.events holds raw data"}
	if got := basis(m, nil); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

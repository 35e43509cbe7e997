package google_test

import (
	"context"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/drlint/drlint/analyzers/terraform"
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/mapping/google"
	"github.com/drlint/drlint/internal/source"
)

// TestLabels: the provider's default labels apply unless the resource sets them.
func TestLabels(t *testing.T) {
	files := fstest.MapFS{"main.tf": {Data: []byte(`provider "google" {
  default_labels = {
    team  = "data"
    stage = "none"
  }
}

locals {
  labels = { stage = "raw" }
}

resource "google_storage_bucket" "raw" {
  name     = "acme-raw"
  location = "EU"
  labels   = local.labels
}
`)}}
	tree := source.Tree{FS: files, Name: "platform", Files: []string{"main.tf"}}
	resources := terraform.New().Analyze(context.Background(), tree, tree.Files).Resources
	bucket := draft.Build(tree, resources, google.Mappers()).Asset(".#google_storage_bucket.raw")
	if diff := cmp.Diff(map[string]string{"team": "data", "stage": "raw"}, bucket.Tags); diff != "" {
		t.Errorf("tags differ (-want +got):\n%s", diff)
	}
}

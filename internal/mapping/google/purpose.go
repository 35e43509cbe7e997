package google

import (
	"maps"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// usesOf lists, by resource type, the arguments that give a bucket a purpose
// (hashicorp/google documentation of each type).
var usesOf = map[string]draft.Uses{
	"google_storage_bucket":               {"logging.log_bucket": draft.PurposeLogs},
	"google_logging_project_sink":         {"destination": draft.PurposeLogs},
	"google_logging_folder_sink":          {"destination": draft.PurposeLogs},
	"google_logging_organization_sink":    {"destination": draft.PurposeLogs},
	"google_logging_billing_account_sink": {"destination": draft.PurposeLogs},
	"google_project_usage_export_bucket":  {"bucket_name": draft.PurposeLogs},
	"google_cloudbuild_trigger":           {"build.logs_bucket": draft.PurposeLogs, "build.artifacts.objects.location": draft.PurposeArtifacts},
	"google_compute_backend_bucket":       {"bucket_name": draft.PurposeSite},
	"google_cloudfunctions_function":      {"source_archive_bucket": draft.PurposeFunctions},
	"google_cloudfunctions2_function":     {"build_config.source.storage_source.bucket": draft.PurposeFunctions},
	"terraform_backend":                   {"bucket": draft.PurposeState},
}

// purposes maps what buckets are for, as far as other resources show it, so
// that rules about data stay quiet on them.
func purposes() draft.Mapper {
	return draft.Mapper{Service: "storage", Types: slices.Sorted(maps.Keys(usesOf)), Attach: attachPurpose}
}

func attachPurpose(d *draft.Draft, r *resource.Resource) {
	backend, _ := r.Attrs.Get("type").AsString()
	if r.Mode != resource.Managed && (r.Mode != resource.Setting || backend != "gcs") {
		return
	}
	if a, site := d.Asset(r.ID), r.Attrs.Path("website").Block(); a != nil && r.Type == "google_storage_bucket" && site.IsKnown() {
		d.SetPurpose(a, draft.PurposeSite, site.At)
	}
	uses := usesOf[r.Type]
	for _, path := range uses.Paths() {
		value := storeOnly(r.Attrs.Path(path))
		if value.IsAbsent() {
			continue
		}
		if match := d.Find(value, r.Root, provider, model.ObjectStore, model.Database); len(match.Assets) == 1 {
			d.SetPurpose(match.Assets[0], uses[path], value.At)
		}
	}
}

// storeOnly reduces the destination of a sink to the name of the bucket
// ("storage.googleapis.com/acme-logs") or of the dataset
// ("bigquery.googleapis.com/projects/acme/datasets/logs"), and a place in a bucket
// ("gs://acme-builds/lake") to the bucket.
func storeOnly(v resource.Value) resource.Value {
	text, known := v.AsString()
	if !known {
		return v
	}
	if _, dataset, ok := strings.Cut(text, "/datasets/"); ok {
		text = dataset
	}
	text = strings.TrimPrefix(strings.TrimPrefix(text, "storage.googleapis.com/"), "gs://")
	v.Text, _, _ = strings.Cut(text, "/")
	return v
}

package aws

import (
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// storeModule is a published module that creates a store.
type storeModule struct {
	service string
	name    string // the input that names the store
}

// storeModules lists them by the name that registry addresses and repository
// URLs have in common.
func storeModules() map[string]storeModule {
	return map[string]storeModule{
		"s3-bucket":      {"s3", "bucket"},
		"rds":            {"rds", "identifier"},
		"rds-aurora":     {"rds", "name"},
		"dynamodb-table": {"dynamodb", "name"},
	}
}

// declareModule declares a store module that was not followed, so that the
// inventory shows what may be there. What it protects is not known, but for
// buckets, whose inputs say it.
func declareModule(d *draft.Draft, r *resource.Resource) {
	source, known := r.Attrs.Get("source").AsString()
	if r.Mode != resource.NotFollowed || !known {
		return
	}
	module, ok := storeModules()[publishedName(source)]
	if !ok {
		return
	}
	if module.service == "s3" && !strings.Contains(source, "//wrappers") {
		declareModuleBucket(d, r)
		return
	}
	a := d.Declare(r, model.OpaqueModule, provider, module.service, r.Attrs.Get(module.name))
	a.Region = regionOf(r)
	tag(d, a, r)
	d.Set(a, "source", draft.Text(r.Attrs.Get("source")))
	d.Set(a, "version", draft.Text(r.Attrs.Get("version")))
}

// publishedName returns "s3-bucket" for the ways to write that module's source:
// terraform-aws-modules/s3-bucket/aws, with a registry host in front or a
// submodule behind, and the URL of its repository.
func publishedName(source string) string {
	const owner = "terraform-aws-modules/"
	_, rest, found := strings.Cut(source, owner)
	if !found {
		return ""
	}
	rest, _, _ = strings.Cut(rest, "?")
	rest, submodule, _ := strings.Cut(rest, "//")
	if name, ok := strings.CutPrefix(rest, "terraform-aws-"); ok {
		rest = strings.TrimSuffix(name, ".git")
	} else if name, target, ok := strings.Cut(rest, "/"); ok && target == "aws" {
		rest = name
	} else {
		return ""
	}
	if submodule != "" && !strings.HasPrefix(submodule, "wrappers") && submodule != "modules/db_instance" {
		return "" // submodules for notifications, users and the like hold no data
	}
	return rest
}

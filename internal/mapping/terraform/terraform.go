// Package terraform says where infrastructure code keeps its state and how that
// place is protected. Losing the state loses no data, but what cannot be
// destroyed or rebuilt from code any more has to be imported by hand.
package terraform

import (
	"path"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/environment"
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

const provider = "terraform"

// Mappers lists the one service. It must come after the mappers of storage,
// whose protections state files inherit.
func Mappers() []draft.Mapper {
	return []draft.Mapper{
		{Service: "state", Types: []string{"terraform_backend"}, Declare: declareState, Attach: attachState},
	}
}

// declareState adds one asset for each root module. A directory that configures
// neither a backend nor a provider, or that lies among modules, is a module for
// others to call and has no state of its own.
func declareState(d *draft.Draft, r *resource.Resource) {
	backend, _ := r.Attrs.Get("type").AsString()
	implicit, _ := r.Attrs.Get("implicit").AsBool()
	root := environment.Root(r.Root, r.Environment)
	if implicit && (isModule(root) || !manages(d, r.Root) || !configured(d, r.Root)) {
		return
	}
	a := d.Declare(r, model.StateStore, provider, "state", nameOf(backend, r))
	d.Set(a, "backend", model.KnownFact(backend, r.At))
	d.Set(a, "local", model.KnownFact(backend == "local", r.At))
	if file := terragruntOf(d); implicit && file != "" {
		d.Set(a, "local", model.UnknownFact(file+" may configure its backend", r.At))
	}
	d.Set(a, "example", model.KnownFact(source.Demonstrates(root), r.At))
	if file := localFile(backend, r); file != "" && slices.Contains(d.Tree.Files, file) {
		d.Set(a, "committed", model.KnownFact(true, r.At))
	}
}

// nameOf is the state's own name in its backend.
func nameOf(backend string, r *resource.Resource) resource.Value {
	attribute := map[string]string{
		"s3": "key", "azurerm": "key", "gcs": "prefix", "local": "path",
		"pg": "schema_name", "kubernetes": "secret_suffix",
	}[backend]
	return r.Attrs.Get(attribute)
}

// localFile is the path of a state file in the repository (Terraform, "Backend
// Type: local": path is terraform.tfstate unless it is written).
func localFile(backend string, r *resource.Resource) string {
	if backend != "local" {
		return ""
	}
	name := "terraform.tfstate"
	if text, known := r.Attrs.Get("path").AsString(); known {
		name = text
	}
	return path.Join(environment.Root(r.Root, r.Environment), name)
}

// idleTypes are resources without anything behind them that could be lost.
var idleTypes = []string{"null_", "random_", "time_", "tls_", "local_", "terraform_", "template_"}

// manages reports whether a root creates anything that its state is needed for.
func manages(d *draft.Draft, root string) bool {
	return slices.ContainsFunc(d.Resources.OfRoot(root), func(r *resource.Resource) bool {
		if r.Mode != resource.Managed && r.Mode != resource.NotFollowed {
			return false
		}
		return !slices.ContainsFunc(idleTypes, func(prefix string) bool { return strings.HasPrefix(r.Type, prefix) })
	})
}

// configured reports whether a root configures any provider. Its version alone
// is a requirement, which modules state too.
func configured(d *draft.Draft, root string) bool {
	return slices.ContainsFunc(d.Resources.OfRoot(root), func(r *resource.Resource) bool {
		return slices.ContainsFunc(r.Provider.Fields, func(f resource.Field) bool { return f.Name != "version" })
	})
}

// terragruntOf returns a Terragrunt configuration of the repository, or "". What
// it runs has the backend that it configures; a root that no unit of this
// repository runs may be run by one all the same.
func terragruntOf(d *draft.Draft) string {
	type key struct{}
	return draft.Once(d, key{}, func() string {
		for _, file := range d.Tree.Files {
			if base := path.Base(file); (base == "terragrunt.hcl" || base == "terragrunt.stack.hcl") && !strings.Contains(file, ".boilerplate/") {
				return file
			}
		}
		return ""
	})
}

func isModule(root string) bool { return slices.Contains(strings.Split(root, "/"), "modules") }

// attachState places a state in the store that its backend names.
func attachState(d *draft.Draft, r *resource.Resource) {
	a := d.Asset(r.ID)
	if a == nil {
		return
	}
	switch backend := a.Settings["backend"].Text(); backend {
	case "local":
		if local := a.Settings["local"]; local.State == model.Unknown {
			openAll(d, a, local.Why, r.At)
			return
		}
		stateFile(d, a, r)
	case "s3":
		keepIn(d, a, r, "aws", r.Attrs.Get("bucket"), "bucket")
	case "gcs":
		keepIn(d, a, r, "google", r.Attrs.Get("bucket"), "bucket")
	case "azurerm":
		keepIn(d, a, r, "azure", r.Attrs.Get("storage_account_name"), "storage_account_name")
	case "cloud", "remote":
		hashicorpState(d, a, r)
	case "http":
		httpState(d, a, r)
	case "pg", "kubernetes":
		latestOnly(d, a, r, backend)
	default:
		openAll(d, a, "what the "+backend+" backend keeps is not known to drlint", r.At)
	}
}

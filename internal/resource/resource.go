package resource

import "github.com/drlint/drlint/internal/source"

// Mode says what a resource block means for the platform.
type Mode string

const (
	// Managed resources are created by the configuration.
	Managed Mode = "managed"
	// Existing resources are only referred to: Terraform data sources, Bicep existing.
	Existing Mode = "existing"
	// NotFollowed stands for code that was not read: a registry module. Type
	// is "module", Attrs are its readable inputs plus "source" and "version".
	NotFollowed Mode = "not-followed"
	// Setting blocks configure the tool, not the platform: a Terraform
	// backend ("terraform_backend"), a workflow ("github_workflow").
	Setting Mode = "setting"
)

// Resource is one evaluated block of any format. It is immutable once its
// analyzer returned it.
type Resource struct {
	// ID is unique in one scan: Root + "#" + Address.
	ID     string
	Format string // "terraform", "bicep", "arm", "data-factory", "github-actions"
	Type   string // "aws_s3_bucket", "Microsoft.Storage/storageAccounts"
	Mode   Mode
	// Name is the block's own label ("raw"), not a value the provider sees.
	Name string
	// Address is how its users write it: module.lake.aws_s3_bucket.raw["eu"].
	Address string
	// Root names one evaluation: the directory or file that is evaluated as a
	// whole ("infra/prod", "." for the scanned root, "main.bicep") and, when it is
	// evaluated for an environment, "@" and its name ("main.bicep@prod").
	Root  string
	Attrs Value // an object
	// At is the block's header: keyword, type and labels.
	At source.Range
	// Body is the whole block with its header.
	Body source.Range
	// Via is the chain of module calls that reach the block, outermost first.
	Via []Call
	// Provider is the evaluated configuration of the provider that manages the
	// resource (region, default_tags, features …); absent where none is written.
	Provider Value
	// Lifecycle holds the tool's own guards (prevent_destroy); absent where none is written.
	Lifecycle Value
	// Maybe is set when the number of instances is unknown (count or for_each
	// cannot be resolved): the reason why. The resource may not exist.
	Maybe string
	// Environment names the parameter set of this evaluation ("prod"); empty for
	// the default one.
	Environment string
}

// Call is one step of a chain of module calls.
type Call struct {
	Name string       // module.lake
	At   source.Range // the header of the call
	Body source.Range // the whole call
}

// Result is what one analyzer found. Every claimed file is either reflected in
// Resources or named by a diagnostic.
type Result struct {
	Resources   []Resource
	Diagnostics []source.Diagnostic
	// Files is the number of files that were read.
	Files int
}

package model

import "github.com/drlint/drlint/internal/source"

// Kind says what an asset is, whatever the cloud calls it.
type Kind string

// The kinds of assets.
const (
	ObjectStore    Kind = "object_store"    // storage account, bucket
	Container      Kind = "container"       // container, file system, folder within an object store
	Database       Kind = "database"        // relational or document database, instance or cluster
	DatabaseServer Kind = "database_server" // server that holds databases
	Table          Kind = "table"           // key-value table that is an asset of its own (DynamoDB)
	BackupVault    Kind = "backup_vault"    // place that holds backups
	Repository     Kind = "repository"      // Git repository
	StateStore     Kind = "state_store"     // where infrastructure code keeps its state
	OpaqueModule   Kind = "opaque_module"   // code that was not followed and may create stores
)

// Asset is one thing that can be lost.
type Asset struct {
	ID       string // resource.Resource.ID, or that of the outer asset plus "/" and a name
	Kind     Kind
	Provider string // "aws", "azure", "google", "github", "gitlab", "azuredevops", "terraform"
	Service  string // "s3", "storage", "rds": the provider's own word
	Type     string // the resource type as written: "aws_s3_bucket"
	// Name is the name that the provider sees; unknown when it is computed.
	Name Fact
	// NameHint is the readable part of an unknown name (resource.Value.Hint).
	NameHint string
	Address  string
	Root     string
	Region   Fact
	Tags     map[string]string
	Stages   []StageFact
	// Within is the ID of the asset that contains this one and whose
	// protections and settings it inherits; empty for an outer asset.
	Within string
	// Protections holds an entry for every name in ProtectionsOf(Kind).
	Protections map[string]Protection
	// Settings are named facts that are no protections: "hierarchical_namespace".
	Settings map[string]Fact
	// Expiries are the rules that delete data by age.
	Expiries []Expiry
	// Mirrors are the jobs that copy a repository elsewhere (kind repository).
	Mirrors   []Mirror
	Relations []Relation
	// Recovery answers, per fault, what survives; filled by package recovery.
	Recovery map[Fault]Survival
	// Maybe is set when it is unknown whether the asset is created at all.
	Maybe string
	// At is the header of the block that declares the asset, Body the whole block.
	At, Body source.Range
	// Via is the chain of module calls, outermost first.
	Via []source.Range
	// Calls names the module calls of Via: "module.lake".
	Calls []string
	// Environment names the parameter set of the evaluation; empty for the default.
	Environment string
}

// StageFact says which stage of the guide the data belongs to and why.
type StageFact struct {
	Stage      Stage
	Basis      string // "tag data-stage", "container name token \"raw\""
	Confidence Confidence
	At         source.Range
}

// Stage is a stage of data or a layer of the platform, in the guide's terms.
type Stage string

// The stages, in the order data flows.
const (
	SourceStage  Stage = "source" // system of record
	Ingest       Stage = "ingest" // transient buffers and landing areas
	Raw          Stage = "raw"
	Enriched     Stage = "enriched"
	Curated      Stage = "curated"
	Presentation Stage = "presentation"
	Modeled      Stage = "modeled" // prep and train results
	ModelStore   Stage = "model"   // the product that serves queries
	Cache        Stage = "cache"
	Sandbox      Stage = "sandbox" // experimental prep and train
	Archive      Stage = "archive" // copies kept for recovery
)

// Stages lists every stage in the order data flows.
var Stages = []Stage{SourceStage, Ingest, Raw, Enriched, Curated, Presentation, Modeled, ModelStore, Cache, Sandbox, Archive}

// Confidence grades an inference.
type Confidence string

// High is declared or tagged, Medium is a name of the data itself, Low is a
// path or a hint.
const (
	High   Confidence = "high"
	Medium Confidence = "medium"
	Low    Confidence = "low"
)

// Expiry is one rule that deletes data by age.
type Expiry struct {
	// Target is "current", "noncurrent" (versions) or "snapshot".
	Target string
	// Days is the age in days at which data is deleted.
	Days Fact
	// Prefixes limits the rule to object names; empty means all.
	Prefixes []string
	// Scope says whether the rule covers the whole asset.
	Scope Scope
	At    source.Range
}

// Relation connects two assets: Type is "replicates_to", "backed_up_by" or
// "kept_in" (a Terraform state in its bucket).
type Relation struct {
	Type   string
	Target string // asset ID
	At     source.Range
}

// Model is everything that was found in one scan.
type Model struct {
	Platform Platform
	// Assets are ordered by ID.
	Assets    []*Asset
	Pipelines []Pipeline
}

// Platform is what is known about the whole.
type Platform struct {
	Name string
	// DataPlatform says whether the repository holds stores, pipelines or
	// infrastructure of a data platform; repository-wide rules speak only then.
	DataPlatform bool
	// Basis names the first things that made it one.
	Basis []string
}

// Pipeline is one automated run that the repository defines.
type Pipeline struct {
	ID     string
	Format string // "github-actions"
	Name   string
	Path   string
	// Triggers are the events that start it, sorted: "push", "schedule", "workflow_dispatch".
	Triggers []string
	At       source.Range
}

// Asset returns the asset with an ID, or nil.
func (m *Model) Asset(id string) *Asset {
	for _, a := range m.Assets {
		if a.ID == id {
			return a
		}
	}
	return nil
}

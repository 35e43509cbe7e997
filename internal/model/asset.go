package model

import "github.com/drlint/drlint/internal/source"

// Kind says what an asset is, whatever the cloud calls it.
type Kind string

// The kinds of assets.
const (
	ObjectStore        Kind = "object_store"        // storage account, bucket
	Container          Kind = "container"           // container, file system, folder within an object store
	FileShare          Kind = "file_share"          // SMB or NFS share
	Database           Kind = "database"            // relational, document or analytical database, instance or cluster
	DatabaseServer     Kind = "database_server"     // server or cluster that holds databases
	Table              Kind = "table"               // key-value table that is an asset of its own (DynamoDB)
	SemanticModel      Kind = "semantic_model"      // the product that reports query: Analysis Services, a Power BI model
	CacheStore         Kind = "cache"               // in-memory store that is reloaded (Redis)
	EventStream        Kind = "event_stream"        // Event Hubs namespace or hub, IoT hub
	VirtualMachine     Kind = "virtual_machine"     // a machine that its owner keeps
	KeyVault           Kind = "key_vault"           // keys, secrets and certificates
	ConfigurationStore Kind = "configuration_store" // settings of applications
	Workspace          Kind = "workspace"           // service that runs pipelines or notebooks: Data Factory, Synapse, Databricks, Machine Learning, Fabric
	DataPipeline       Kind = "data_pipeline"       // pipeline of a workspace that moves or transforms data
	Job                Kind = "job"                 // scheduled run of code in a workspace (Databricks job)
	Notebook           Kind = "notebook"            // code that a workspace runs
	Connection         Kind = "connection"          // linked service, data source of a report: where and how data is reached
	IntegrationRuntime Kind = "integration_runtime" // machine or service that moves data for a workspace
	Report             Kind = "report"              // report or dashboard
	GlobalEndpoint     Kind = "global_endpoint"     // name that outlives a region: Traffic Manager, Front Door
	BackupVault        Kind = "backup_vault"        // place that holds backups
	BackupPlan         Kind = "backup_plan"         // policy that says when backups are made and how long they are kept
	Repository         Kind = "repository"          // Git repository
	StateStore         Kind = "state_store"         // where infrastructure code keeps its state
	OpaqueModule       Kind = "opaque_module"       // code that was not followed and may create stores
)

// Kinds lists every kind, the places of data first.
var Kinds = []Kind{
	ObjectStore, Container, FileShare, Database, DatabaseServer, Table, SemanticModel, CacheStore, EventStream,
	VirtualMachine, KeyVault, ConfigurationStore, Workspace, DataPipeline, Job, Notebook, Connection,
	IntegrationRuntime, Report, GlobalEndpoint, BackupVault, BackupPlan, Repository, StateStore, OpaqueModule,
}

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
	// Missing are the things that the asset names and the repository does not
	// hold: a dataset that a pipeline copies from.
	Missing []Missing
	// Declared are facts by the names of DeclaredNames; what nobody declares has
	// no entry. A declaration that has lapsed is unknown.
	Declared map[string]Fact
	Lapsed   []Lapsed
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

// Missing is one thing that is named and found nowhere.
type Missing struct {
	What string // "dataset", "linked service", "notebook"
	Name string
	At   source.Range // where it is named
}

// Relation connects two assets: Type is "replicates_to", "backed_up_by",
// "kept_in" (a Terraform state in its bucket), "uses" (a pipeline and its
// connections, a connection and its integration runtime), "runs" (a pipeline
// and what it starts), "runs_on" (an integration runtime and its machine),
// "reaches" (a connection and the store behind it), "stored_on" (a workspace and
// its storage account), "encrypted_by" (a store and the vault of its key) or
// "selects" (a backup plan and a store that it takes).
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
	// Flows are ordered by ID.
	Flows []Flow
}

// Platform is what is known about the whole.
type Platform struct {
	Name string
	// DataPlatform says whether the repository holds stores, pipelines or
	// infrastructure of a data platform; repository-wide rules speak only then.
	DataPlatform bool
	// Basis names the first things that made it one.
	Basis []string
	// PrimaryRegion is where the platform runs and RecoveryRegion where it comes
	// back, as declared; absent when nobody says.
	PrimaryRegion, RecoveryRegion Fact
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

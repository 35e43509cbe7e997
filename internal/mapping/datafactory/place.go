package datafactory

import (
	"strings"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/syntax/adf"
)

// placeKind is what a dataset stands for.
type placeKind uint8

const (
	otherPlace placeKind = iota // an answer of a service: REST, HTTP
	filePlace                   // files in a store
	tablePlace                  // a table or collection of a database
)

// place is one end of a flow: a dataset as one activity uses it.
type place struct {
	kind    placeKind
	dataset *object
	link    *object
	// scope is what expressions of the linked service refer to.
	scope adf.Scope
	// container, folder and file are parts of a file's path; table is the name
	// of a table, with its schema.
	container, folder, file, table adf.Result
	hasFile                        bool
	// whole is the path of all parts.
	whole adf.Result
	at    sourceRange
	// why says why nothing is known of it.
	why string
}

// placeOf reads a reference to a dataset as an activity writes it.
func placeOf(f *factory, ref resource.Value, caller adf.Scope) place {
	dataset, name, at := f.refer(datasetKind, ref)
	p := place{at: at, dataset: dataset}
	switch {
	case ref.State == resource.Absent:
		p.why = "it names no dataset"
		return p
	case p.dataset == nil && name != "":
		p.why = "no file of its factory declares dataset " + name
		return p
	case p.dataset == nil:
		p.why = whyOr(ref.Get("referenceName"), "the dataset is not known")
		return p
	}
	o := p.dataset
	scope := adf.Scope{Dataset: o.argumentsOf(ref.Get("parameters"), caller, "dataset()."), GlobalParameter: caller.GlobalParameter}
	p.setLink(o, o.at("linkedServiceName"), scope)
	p.read(o.at("typeProperties"), scope)
	p.whole = joined(p.container, p.folder, p.file)
	return p
}

// setLink finds the linked service that an object names.
func (p *place) setLink(o *object, ref resource.Value, scope adf.Scope) {
	p.link, _, _ = o.factory.refer(linkKind, ref)
	if p.link != nil {
		p.scope = adf.Scope{LinkedService: p.link.argumentsOf(ref.Get("parameters"), scope, "linkedService()."), GlobalParameter: scope.GlobalParameter}
	}
}

// fileTypes are the datasets of the first generation whose folderPath begins
// with the container.
var fileTypes = []string{"AzureBlobFSFile", "AzureBlob", "AzureDataLakeStoreFile", "FileShare", "AmazonS3Object"}

// read takes the parts of the path or the table out of a dataset's properties.
func (p *place) read(properties resource.Value, scope adf.Scope) {
	location := properties.Get("location")
	part := func(v resource.Value, names ...string) (adf.Result, bool) {
		for _, name := range names {
			if member := v.Get(name); member.State != resource.Absent {
				return fold(member, scope), true
			}
		}
		return adf.Result{}, false
	}
	typ := p.dataset.typ()
	switch {
	case location.IsUnknown():
		p.kind, p.why = filePlace, location.Why
	case location.IsKnown():
		p.kind = filePlace
		if kind, _ := location.Get("type").AsString(); kind == "HttpServerLocation" {
			p.kind = otherPlace
		}
		p.container, _ = part(location, "fileSystem", "container", "bucketName")
		p.folder, _ = part(location, "folderPath", "relativeUrl")
		p.file, p.hasFile = part(location, "fileName")
	case contains(fileTypes, typ):
		p.kind = filePlace
		p.folder, _ = part(properties, "folderPath", "bucketName")
		p.file, p.hasFile = part(properties, "fileName", "key")
	case typ == "RestResource" || typ == "HttpFile" || typ == "ODataResource" || typ == "WebTable":
		p.folder, _ = part(properties, "relativeUrl", "path")
	default:
		p.kind = tablePlace
		p.readTable(part, properties)
	}
}

func (p *place) readTable(part func(resource.Value, ...string) (adf.Result, bool), properties resource.Value) {
	schema, hasSchema := part(properties, "schema")
	table, hasTable := part(properties, "table", "tableName", "collectionName", "collection", "entityName", "objectApiName", "containerName")
	switch {
	case !hasTable:
		if hasSchema {
			p.table = schema
		}
	case hasSchema:
		p.table = adf.Join(".", schema, table)
	default:
		p.table = table
	}
}

func contains(list []string, text string) bool {
	for _, item := range list {
		if item == text {
			return true
		}
	}
	return false
}

// lakeTables are the linked services whose tables are files of a lake (Microsoft
// Learn, the connectors of Azure Databricks Delta Lake and Microsoft Fabric
// Lakehouse).
var lakeTables = []string{"AzureDatabricksDeltaLake", "Lakehouse"}

// reads says what a source is: "files", "table" or "service". A serverless pool
// of Synapse shows files as tables, so nothing is said of it.
func (p place) reads() string {
	t, _ := p.target()
	switch {
	case p.dataset == nil || p.link == nil || strings.Contains(t.host, "-ondemand."):
		return ""
	case p.kind == filePlace || contains(lakeTables, p.link.typ()):
		return "files"
	case p.kind == tablePlace:
		return "table"
	default:
		return "service"
	}
}

// path is the whole path below the account.
func (p place) path() adf.Result { return p.whole }

// joined joins the parts of a path that are written.
func joined(pieces ...adf.Result) adf.Result {
	var parts []adf.Result
	for _, part := range pieces {
		if text, ok := part.Text(); len(part.Parts) > 0 && (!ok || strings.Trim(text, "/") != "") {
			parts = append(parts, part)
		}
	}
	return adf.Join("/", parts...)
}

// fact is the place as far as it is readable.
func (p place) fact() model.Fact {
	text := ""
	switch p.kind {
	case tablePlace:
		text = p.table.Readable()
		if t, _ := p.target(); t.database != "" && text != "" {
			text = t.database + "." + text
		} else if text == "" {
			text = t.database
		}
	case filePlace:
		text = slashed(p.path().Readable())
		if t, _ := p.target(); t.account != "" && text != "" {
			text = t.account + "/" + text
		}
	default:
		if t, _ := p.target(); t.host != "" {
			text = slashed(t.host + "/" + p.folder.Readable())
		}
	}
	if text != "" && strings.Trim(text, "/") != "" {
		return model.KnownFact(text, p.at)
	}
	why := p.why
	if _, open := p.target(); why == "" {
		why = open
	}
	if why == "" {
		why = "neither the dataset nor its linked service says where the data lies"
	}
	return model.UnknownFact(why, p.at)
}

func (p place) target() (target, string) {
	if p.link == nil {
		return target{}, "the linked service is in no scanned file"
	}
	return p.link.target(p.scope)
}

// slashed joins repeated separators.
func slashed(text string) string {
	for strings.Contains(text, "//") {
		text = strings.ReplaceAll(text, "//", "/")
	}
	return strings.Trim(text, "/")
}

func whyOr(v resource.Value, fallback string) string {
	if v.Why != "" {
		return v.Why
	}
	return fallback
}

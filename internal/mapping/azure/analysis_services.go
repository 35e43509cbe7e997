package azure

import (
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

const armAnalysisServices = "microsoft.analysisservices/servers"

// analysisServer is an Analysis Services server in neutral terms.
type analysisServer struct {
	name, location, tags attr
	sku, backups         attr
}

func analysisServers() draft.Mapper {
	return draft.Mapper{
		Service: "analysis_services",
		Types:   inAllForms(armAnalysisServices, "azurerm_analysis_services_server"),
		Declare: managed(declareAnalysisServer),
		Attach:  managed(attachAnalysisServer),
	}
}

func readAnalysisServer(r *resource.Resource) (analysisServer, bool) {
	if r.Type == "azurerm_analysis_services_server" {
		at := func(path string) attr { return attrOf(r, path) }
		return analysisServer{name: at("name"), location: at("location"), tags: at("tags"), sku: at("sku"), backups: at("backup_blob_container_uri")}, true
	}
	arm, ok := armOf(r, armAnalysisServices)
	return analysisServer{
		name: arm.name, location: arm.location, tags: arm.tags, sku: arm.at("sku.name"), backups: arm.at("properties.backupBlobContainerUri"),
	}, ok && !arm.update
}

// declareAnalysisServer states whether models can be backed up: only to a
// container that the server names, and only when a command asks for it
// (Microsoft Learn, Analysis Services database backup and restore).
func declareAnalysisServer(d *draft.Draft, r *resource.Resource) {
	server, ok := readAnalysisServer(r)
	if !ok {
		return
	}
	a := d.Declare(r, model.SemanticModel, provider, "analysis_services", server.name.Value)
	a.Region = draft.Text(server.location.Value)
	d.Tag(a, server.tags.Value)
	setKnown(d, a, settingSKU, draft.Text(server.sku.Value))
	stateDestroyGuard(d, a, r)
	backups := server.backups
	if backups.IsAbsent() || backups.IsKnown() && backups.text() == "" {
		d.Lacks(a, model.Backup, backups.name+" is not set, so no model can be backed up", backups.At, backups.IsAbsent())
		return
	}
	why := backups.name + " says where backups go, not that any is made"
	f := feature{at: backups.At, days: model.UnknownFact(why, backups.At)}.undecided(why)
	means := inPlace(a, r, "analysis_services.backup", f)
	means.Interval = model.UnknownFact(why, backups.At)
	means.Region, means.OtherRegion, means.OtherAccount = model.UnknownFact(why, backups.At), model.Maybe, model.Maybe
	protect(d, a, r, model.Backup, means)
}

// attachAnalysisServer relates a server to the account of its backups.
func attachAnalysisServer(d *draft.Draft, r *resource.Resource) {
	server, ok := readAnalysisServer(r)
	a := d.Asset(r.ID)
	if !ok || a == nil {
		return
	}
	if account := findAccount(d, r, accountIn(server.backups)).asset; account != nil {
		d.Relate(a, "backed_up_by", account, server.backups.At)
	}
}

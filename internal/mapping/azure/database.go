package azure

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// Settings of databases and of their servers.
const (
	// settingSKU is the size in ARM's words, settingTier the class that it
	// belongs to: "basic", "general_purpose", "data_warehouse".
	settingSKU  = "sku"
	settingTier = "tier"
	// settingCreateMode says what a database was made from, in the words that are written.
	settingCreateMode = "create_mode"
	// settingRetention is the window of restores to a point in time, in days.
	settingRetention = "retention_days"
	// settingBackupRedundancy is "Local", "Zone", "Geo" or "GeoZone".
	settingBackupRedundancy = "backup_redundancy"
	// settingGeoBackup says whether backups are copied to another region.
	settingGeoBackup  = "geo_backup"
	settingServerless = "serverless"
	settingAutoPause  = "auto_pause_minutes"
	// settingRole is "replica" for what takes its data from another database.
	settingRole = "role"
)

// Words that say what a database is made from.
const createDefault = "Default"

// databaseKinds are what holds rows: databases and the servers of databases.
func databaseKinds() []model.Kind { return []model.Kind{model.Database, model.DatabaseServer} }

// protectionsOfData are what a server or a database protects its rows with.
func protectionsOfData() []string {
	return []string{model.ZoneRedundancy, model.GeoReplication, model.PointInTimeRestore, model.Backup}
}

// setKnown records a setting unless nothing is written about it.
func setKnown(d *draft.Draft, a *model.Asset, name string, fact model.Fact) {
	if fact.State != model.Absent {
		d.Set(a, name, fact)
	}
}

// findServer resolves the first attribute that is written to a server of one
// service. Names of servers are unique within a service only.
func findServer(d *draft.Draft, r *resource.Resource, service, segment string, written ...attr) target {
	return ofService(find(d, r, segment, model.DatabaseServer, written...), service)
}

// ofService drops an asset of another service that has the name.
func ofService(found target, service string) target {
	if found.asset != nil && found.asset.Service != service {
		return target{outside: true, why: "no scanned file declares what is named", at: found.at}
	}
	return found
}

// findDatabase resolves an attribute to a database. A resource ID names the
// server as well, and databases of one name are on many servers. segment is the
// type segment of the servers.
func findDatabase(d *draft.Draft, r *resource.Resource, segment string, v attr) target {
	found := find(d, r, "databases", model.Database, v)
	server := idSegment(idText(v), segment)
	if server == "" || strings.ContainsRune(server, resource.Hole) {
		return found
	}
	if found.asset != nil && onServer(d, found.asset, server) {
		return found
	}
	name := idSegment(idText(v), "databases")
	var named []*model.Asset
	for _, a := range d.OfKind(model.Database) {
		if a.Provider == provider && name != "" && strings.EqualFold(a.Name.Text(), name) && onServer(d, a, server) {
			named = append(named, a)
		}
	}
	if len(named) == 1 {
		return target{asset: named[0], at: v.At}
	}
	if found.asset != nil {
		return target{outside: true, why: v.name + " names a database that no scanned file declares", at: v.At}
	}
	return found
}

// onServer says whether a database may be on the server of a name.
func onServer(d *draft.Draft, database *model.Asset, name string) bool {
	server := d.Asset(database.Within)
	return server == nil || server.Name.Text() == "" || strings.EqualFold(server.Name.Text(), name)
}

// databasesOf lists the declared databases of a server.
func databasesOf(d *draft.Draft, server *model.Asset) []*model.Asset {
	return slices.DeleteFunc(slices.Clone(d.OfKindIn(server.Root, model.Database)), func(a *model.Asset) bool { return a.Within != server.ID })
}

// placeIn puts a database into its server or its workspace, whose region it has.
func placeIn(a *model.Asset, outer target) {
	if outer.asset != nil {
		a.Within = outer.asset.ID
		if a.Region.State == model.Absent {
			a.Region = outer.asset.Region
		}
		return
	}
	if a.Region.State == model.Absent {
		a.Region = model.UnknownFact(outer.why, outer.at)
	}
}

// openMechanism is a protection that something outside of the scan decides.
type openMechanism struct{ protection, mechanism string }

// stateOpenServer states that everything a server would decide is open, by the
// mechanisms that it may have.
func stateOpenServer(d *draft.Draft, a *model.Asset, server target, mechanisms ...openMechanism) {
	for _, open := range append(mechanisms, openMechanism{model.DeleteGuard, "guard.management_lock"}) {
		d.Protect(a, open.protection, model.Means{
			Mechanism: open.mechanism, State: model.Undecided, Why: server.why, Scope: model.UnknownScope,
			Window: model.UnknownFact(server.why, server.at), Interval: model.UnknownFact(server.why, server.at), Region: a.Region,
			OtherRegion: model.Maybe, OtherAccount: model.Maybe, Locked: model.Maybe, PropagatesDeletes: model.Maybe,
			By: a.Address, At: server.at,
		})
	}
}

// stateReplica marks a copy of another database: what it could be restored from
// are the backups of its original.
func stateReplica(d *draft.Draft, a *model.Asset, what string, at source.Range) {
	d.Set(a, settingRole, model.KnownFact("replica", at))
	for _, protection := range []string{model.Backup, model.PointInTimeRestore, model.GeoReplication} {
		d.Inapplicable(a, protection, "it is "+what+"; what its original has counts", at)
	}
}

// openRole records that it is open whether a database follows another one: the
// backups that were stated count only if it does not.
func openRole(d *draft.Draft, a *model.Asset, mode, source attr) {
	if !mode.IsUnknown() || source.IsAbsent() {
		return
	}
	d.Set(a, settingRole, model.UnknownFact(mode.Why, mode.At))
	for _, protection := range []string{model.Backup, model.PointInTimeRestore} {
		means := a.Protections[protection].Means
		for i := range means {
			if means[i].State == model.On {
				means[i].State, means[i].Why = model.Undecided, mode.Why
			}
		}
	}
}

// copyKeptBy states a copy of an original that another server or database keeps.
// A copy in the region of its original is none for disasters.
func copyKeptBy(d *draft.Draft, original *model.Asset, r *resource.Resource, mechanism string, f feature, keeper target) model.Means {
	means := following(inPlace(original, r, mechanism, f))
	means.Region, means.OtherRegion, means.OtherAccount = model.UnknownFact(keeper.why, keeper.at), model.Maybe, model.Maybe
	there := keeper.asset
	if there == nil {
		if means.State == model.On {
			means.State, means.Why = model.Undecided, keeper.why
		}
		return means
	}
	means.Region, means.Target = there.Region, there.ID
	means.OtherRegion = draft.OtherRegion(original.Region, there.Region)
	means.OtherAccount = otherSubscription(d, original, there)
	if means.State != model.On {
		return means
	}
	switch means.OtherRegion {
	case model.No:
		means.State, means.Why = model.Off, there.Address+" is in "+there.Region.Text()+", the region of its original"
	case model.Maybe:
		means.State, means.Why = model.Undecided, openPlace(original, there)
	}
	return means
}

// openPlace says why it is open whether two assets are in one region.
func openPlace(assets ...*model.Asset) string {
	for _, a := range assets {
		if a.Region.State == model.Unknown {
			return a.Region.Why
		}
	}
	return "the region of one of them is not written"
}

// nameOrID reads the name after a type segment of an ID, or the text itself.
func nameOrID(text, segment string) string {
	if name := idSegment(text, segment); name != "" {
		return name
	}
	return text
}

// databaseOfID resolves a literal resource ID to what holds data, by the type that
// it ends in.
func databaseOfID(d *draft.Draft, r *resource.Resource, id attr) *model.Asset {
	text := strings.ToLower(idText(id))
	if idSegment(text, "databases") != "" {
		segment := sqlServerSegment
		if idSegment(text, instanceSegment) != "" {
			segment = instanceSegment
		}
		return findDatabase(d, r, segment, id).asset
	}
	for _, place := range placesOfData() {
		if endsInType(text, place.armType) {
			return ofService(find(d, r, place.segment, place.kind, id), place.service).asset
		}
	}
	return nil
}

// placeOfData is a kind of resource that a literal ID may name.
type placeOfData struct {
	armType, service, segment string
	kind                      model.Kind
}

func placesOfData() []placeOfData {
	places := []placeOfData{
		{armSQLServer, sqlService, sqlServerSegment, model.DatabaseServer},
		{armSQLInstance, sqlInstanceService, instanceSegment, model.DatabaseServer},
		{armKusto, kustoService, kustoSegment, model.DatabaseServer},
		{armCosmos, cosmosService, "databaseAccounts", model.Database},
		{armSynapsePool, synapseService, "sqlPools", model.Database},
		{armSynapseWorkspace, synapseService, "workspaces", model.Workspace},
		{armAnalysisServices, "analysis_services", "servers", model.SemanticModel},
		{armEventNamespace, eventNamespaceService, "namespaces", model.EventStream},
		{armIoTHub, iotHubService, "iotHubs", model.EventStream},
		{armRedis, redisService, "redis", model.CacheStore},
		{armRedisEnterprise, redisService, "redisEnterprise", model.CacheStore},
	}
	for _, engine := range openEngines() {
		places = append(places, placeOfData{engine.armServer, engine.service, engine.segment, model.DatabaseServer})
	}
	return places
}

// endsInType says whether an ID in lower case is one of a type: the names
// between the segments of the type are left out of it.
func endsInType(id, armType string) bool {
	at := strings.LastIndex(id, "/providers/")
	if at < 0 {
		return false
	}
	parts := strings.Split(id[at+len("/providers/"):], "/")
	types := []string{parts[0]}
	for i := 1; i < len(parts); i += 2 {
		types = append(types, parts[i])
	}
	return strings.Join(types, "/") == armType
}

package datafactory

import (
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/syntax/adf"
)

// Names of the settings of a connection.
const (
	settingConnector  = "connector"                // properties.type: "AzureBlobFS"
	settingEndpoint   = "endpoint"                 // where it leads, without secrets
	settingHost       = "host"                     // the machine or service
	settingDatabase   = "database"                 // the database it opens
	settingHardCoded  = "hard_coded"               // whether that is fixed in the code
	settingPublished  = "parameter_when_published" // whether the service's own publishing would turn it into a parameter
	settingKeyVault   = "key_vault"                // the linked service of the vault its secrets come from
	settingCredential = "encrypted_credential"     // whether a credential of one service instance is written
	settingGenerated  = "generated"                // of any object: set where only the template is kept that publishing wrote
)

func connections() draft.Mapper {
	return draft.Mapper{
		Service: "connections", Types: typesOf(linkKind),
		Declare: each(linkKind, declareConnection), Attach: each(linkKind, attachConnection),
	}
}

func declareConnection(d *draft.Draft, o *object) {
	a := declare(d, o, model.Connection)
	d.Set(a, settingConnector, draft.Text(o.at("type")))
	name, v := endpointOf(o)
	endpoint, host, database := o.endpointFacts(name, v)
	d.Set(a, settingEndpoint, endpoint)
	d.Set(a, settingHost, host)
	d.Set(a, settingDatabase, database)
	d.Set(a, settingHardCoded, hardCoded(d, o))
	if o.factory.layout != nil && v.State != resource.Absent {
		d.Set(a, settingPublished, o.published(name, v))
	}
	d.Set(a, settingKeyVault, o.keyVault())
	credential := o.at("typeProperties.encryptedCredential")
	if credential.State == resource.Absent {
		credential = o.at("encryptedCredential")
	}
	d.Set(a, settingCredential, model.KnownFact(credential.IsKnown(), orElse(credential.At, o.r.At)))
}

// endpointFacts states where a linked service leads. A connection string is
// reduced to its host: the rest may hold secrets.
func (o *object) endpointFacts(name string, v resource.Value) (endpoint, host, database model.Fact) {
	if v.State == resource.Absent {
		return model.AbsentFact(v.At), model.AbsentFact(v.At), model.AbsentFact(v.At)
	}
	t, why := o.target(adf.Scope{})
	open := func(what string) model.Fact {
		if why == "" {
			why = name + " names no " + what
		}
		return model.UnknownFact(why, v.At)
	}
	endpoint, host, database = open("host"), open("host"), model.AbsentFact(v.At)
	if t.host != "" {
		endpoint, host = model.KnownFact(t.host, v.At), model.KnownFact(t.host, v.At)
		if text, ok := fold(v, adf.Scope{}).Text(); ok && strings.Contains(text, "://") && !strings.Contains(text, "=") {
			endpoint = model.KnownFact(text, v.At)
		}
	}
	if t.database != "" {
		database = model.KnownFact(t.database, v.At)
	}
	return endpoint, host, database
}

// target reads where a linked service leads when it is called in a scope; why
// says why that is not known.
func (o *object) target(scope adf.Scope) (t target, why string) {
	if scope.LinkedService == nil {
		scope.LinkedService = o.argumentsOf(resource.Value{}, adf.Scope{}, "linkedService().")
	}
	_, v := endpointOf(o)
	if typ, _ := v.Get("type").AsString(); typ == "AzureKeyVaultSecret" || typ == "SecureString" {
		return target{}, "it comes from a secret"
	}
	r := fold(v, scope)
	text, ok := r.Text()
	if !ok {
		text, why = r.Value.Hint, r.Value.Why
	}
	t = targetOf(text)
	for _, part := range []*string{&t.host, &t.account, &t.database} {
		if strings.ContainsRune(*part, resource.Hole) {
			*part = ""
		}
	}
	for _, name := range []string{"database", "databaseName", "initialCatalog"} {
		if t.database == "" {
			t.database, _ = fold(o.at("typeProperties."+name), scope).Text()
		}
	}
	return t, why
}

// keyVault names the linked service of the vault from which a secret comes.
func (o *object) keyVault() model.Fact {
	properties := o.at("typeProperties")
	for _, field := range properties.Fields {
		if typ, _ := field.Value.Get("type").AsString(); typ == "AzureKeyVaultSecret" {
			if _, name, at := o.factory.refer(linkKind, field.Value.Get("store")); name != "" {
				return model.KnownFact(name, at)
			}
			return model.UnknownFact("the linked service of the vault is not known", field.Value.At)
		}
	}
	return model.AbsentFact(orElse(properties.At, o.r.At))
}

// attachConnection relates a connection to its integration runtime, its vault
// and the store behind it.
func attachConnection(d *draft.Draft, o *object) {
	a := d.Asset(o.r.ID)
	if a == nil {
		return
	}
	use(d, a, o.factory, "uses", runtimeKind, o.at("connectVia"))
	for _, field := range o.at("typeProperties").Fields {
		if typ, _ := field.Value.Get("type").AsString(); typ == "AzureKeyVaultSecret" {
			use(d, a, o.factory, "uses", linkKind, field.Value.Get("store"))
		}
	}
	_, v := endpointOf(o)
	for _, store := range o.stores(d, adf.Scope{}) {
		d.Relate(a, "reaches", store, v.At)
	}
}

// stores are the declared assets that a linked service leads to: what its
// endpoint refers to, else what has the name in its host.
func (o *object) stores(d *draft.Draft, scope adf.Scope) (found []*model.Asset) {
	_, v := endpointOf(o)
	for _, r := range d.Resources.Referents(v) {
		for a := d.Asset(r.ID); a != nil; a = d.Asset(a.Within) {
			if isStore(a.Kind) && a.Kind != model.Container {
				found = append(found, a)
				break
			}
		}
	}
	t, _ := o.target(scope)
	if len(found) > 0 {
		return database(d, found, t)
	}
	if t.account == "" {
		return database(d, o.deployedBeside(d, scope), t)
	}
	for _, kind := range endpointKinds {
		for _, a := range d.OfKind(kind) {
			if a.Provider == provider && a.Within == "" && strings.EqualFold(a.Name.Text(), t.account) && !isLayout(a) {
				found = append(found, a)
			}
		}
	}
	return database(d, found, t)
}

// endpointKinds are what an Azure host may name.
var endpointKinds = []model.Kind{model.ObjectStore, model.DatabaseServer, model.Database, model.KeyVault, model.Workspace, model.EventStream}

// deployedBeside are the stores of the same deployment whose name is not known
// either, rests on the same unknown and reads the same.
func (o *object) deployedBeside(d *draft.Draft, scope adf.Scope) (found []*model.Asset) {
	_, v := endpointOf(o)
	if v.State == resource.Absent {
		return nil
	}
	r := fold(v, scope)
	name := targetOf(r.Value.Hint).account
	if r.Value.Why == "" || strings.Trim(name, string(resource.Hole)) == name || strings.Trim(name, string(resource.Hole)) == "" {
		return nil
	}
	for _, kind := range endpointKinds {
		for _, a := range d.OfKindIn(o.r.Root, kind) {
			if a.Provider == provider && a.Within == "" && strings.EqualFold(a.NameHint, name) && (a.Name.Why == r.Value.Why || strings.HasPrefix(r.Value.Why, a.Name.Why+" and ")) {
				found = append(found, a)
			}
		}
	}
	return found
}

// database replaces servers by the database of the connection where it is
// declared.
func database(d *draft.Draft, servers []*model.Asset, t target) []*model.Asset {
	if t.database == "" {
		return servers
	}
	for i, server := range servers {
		for _, a := range d.OfKind(model.Database) {
			if a.Within == server.ID && strings.EqualFold(a.Name.Text(), t.database) {
				servers[i] = a
			}
		}
	}
	return servers
}

func isStore(kind model.Kind) bool {
	switch kind {
	case model.ObjectStore, model.Container, model.FileShare, model.Database, model.DatabaseServer, model.KeyVault, model.EventStream:
		return true
	default:
		return false
	}
}

// declare adds the asset of an object, within the workspace of its folder.
func declare(d *draft.Draft, o *object, kind model.Kind) *model.Asset {
	a := d.Declare(o.r, kind, provider, o.service(), nameValue(o))
	if layout := o.factory.layout; layout != nil && d.Asset(layout.ID) != nil {
		a.Within = layout.ID
	}
	if o.factory.isGenerated() {
		d.Set(a, settingGenerated, model.KnownFact(true, o.factory.all[0].r.At))
	}
	return a
}

func (o *object) service() string {
	if o.isSynapse() || strings.HasPrefix(o.r.Type, "azurerm_synapse_") {
		return "synapse"
	}
	return "data_factory"
}

func nameValue(o *object) resource.Value {
	v := o.r.Attrs.Get("name")
	if o.name != "" {
		v.State, v.Kind, v.Text = resource.Known, resource.String, o.name
	}
	return v
}

// use relates an asset to the asset of the object that a reference names, or
// records that the folder has no such object.
func use(d *draft.Draft, a *model.Asset, f *factory, relation, kind string, ref resource.Value) *object {
	if ref.State == resource.Absent {
		return nil
	}
	o, name, at := f.refer(kind, ref)
	switch {
	case o == nil && f.lacks(kind, name):
		miss(d, a, kind, name, at)
	case o != nil && d.Asset(o.r.ID) != nil:
		relate(d, a, relation, d.Asset(o.r.ID), at)
	}
	return o
}

// relate adds a relation once.
func relate(d *draft.Draft, a *model.Asset, relation string, to *model.Asset, at sourceRange) {
	for _, r := range a.Relations {
		if r.Type == relation && r.Target == to.ID {
			return
		}
	}
	d.Relate(a, relation, to, at)
}

// miss records once that something is named which the folder does not hold.
func miss(d *draft.Draft, a *model.Asset, kind, name string, at sourceRange) {
	what := strings.TrimSuffix((&object{kind: kind}).title(), " ")
	for _, m := range a.Missing {
		if m.What == what && strings.EqualFold(m.Name, name) {
			return
		}
	}
	d.Miss(a, what, name, at)
}

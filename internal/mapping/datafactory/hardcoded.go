package datafactory

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/syntax/adf"
)

// builtIn are the members of typeProperties that Data Factory turns into
// parameters when it publishes, for every linked service and without a
// definition of one's own (Microsoft Learn, Use custom parameters with the
// Resource Manager template: default parameterization template). Not among them
// are domain, accountEndpoint, endpoint and workspaceResourceId.
var builtIn = []string{
	"url", "server", "host", "baseUrl", "serviceEndpoint", "functionAppUrl", "batchUri", "environmentUrl", "dataLakeStoreUri",
	"database", "databaseName", "accountName", "connectionString", "sasUri", "sasToken", "tenant", "subscriptionId",
	"resourceGroupName", "servicePrincipalId", "userName", "aadResourceId",
}

// hardCoded says whether where a linked service leads is fixed in the code, so
// that it leads to the same region after a failover.
func hardCoded(d *draft.Draft, o *object) model.Fact {
	name, v := endpointOf(o)
	switch {
	case v.State == resource.Absent:
		if o.at("typeProperties.encryptedCredential").IsKnown() {
			return model.UnknownFact("only an encrypted credential is written", o.at("typeProperties.encryptedCredential").At)
		}
		return model.AbsentFact(v.At)
	case v.IsUnknown(), len(v.Origin) > 0, len(v.Refs) > 0:
		// A parameter, a placeholder or another resource decides.
		return model.KnownFact(false, v.At)
	}
	switch typ, _ := v.Get("type").AsString(); typ {
	case "AzureKeyVaultSecret":
		return model.KnownFact(false, v.At)
	case "SecureString":
		return model.UnknownFact(name+" is kept secret", v.At)
	}
	if text, ok := v.AsString(); ok && strings.TrimSpace(text) == "" || isDynamic(v) && fixedHost(v) == "" {
		// An empty text cannot work: whatever deploys the file fills it in.
		return model.KnownFact(false, v.At)
	}
	return o.literal(d, name, v)
}

// fixedHost is the host of an expression when that much of it is written out: a
// connection string may take the database from a parameter and yet name its
// server.
func fixedHost(v resource.Value) string {
	r := fold(v, adf.Scope{})
	text, ok := r.Text()
	if !ok {
		text = r.Value.Hint
	}
	host := targetOf(text).host
	if strings.ContainsRune(host, resource.Hole) {
		return ""
	}
	return host
}

// literal judges a host that is written out: publishing may still turn it into
// a parameter of the template that is deployed.
func (o *object) literal(d *draft.Draft, name string, v resource.Value) model.Fact {
	layout := o.factory.layout
	if layout == nil {
		return model.KnownFact(true, v.At)
	}
	definition := layout.Attrs.Get("parameter_definition")
	switch {
	case definition.IsUnknown():
		return model.UnknownFact(definition.Why, v.At)
	case definition.IsKnown():
		return model.KnownFact(!o.publishes(name), v.At)
	case o.isSynapse():
		return o.published(name, v)
	case !o.publishes(name):
		return model.KnownFact(true, v.At)
	case o.factory.isPublished(d):
		return model.KnownFact(false, v.At)
	default:
		return model.UnknownFact("publishing the factory turns "+name+" into a parameter, but nothing shows that the published template is what gets deployed", v.At)
	}
}

// publishes reports whether the service's own publishing turns a member of the
// linked service into a parameter: by the definition file, which replaces the
// built-in one, or by that of Data Factory.
func (o *object) publishes(name string) bool {
	if definition := o.factory.layout.Attrs.Get("parameter_definition"); definition.State != resource.Absent {
		return definition.IsKnown() && o.defined(definition, name)
	}
	return !o.isSynapse() && slices.Contains(builtIn, name)
}

// published is the same as a fact; what Synapse does without a definition is not
// documented.
func (o *object) published(name string, v resource.Value) model.Fact {
	if o.isSynapse() && o.factory.layout.Attrs.Get("parameter_definition").State == resource.Absent {
		return model.UnknownFact("Synapse does not document which properties it turns into parameters when there is no "+
			"template-parameters-definition.json", v.At)
	}
	return model.KnownFact(o.publishes(name), v.At)
}

// isSynapse reports whether an object belongs to a Synapse workspace.
func (o *object) isSynapse() bool {
	return strings.HasPrefix(strings.ToLower(o.r.Type), synapsePrefix)
}

// isPublished reports whether the factory's own publishing is in use: its
// settings, or the templates it writes, are in the scan.
func (f *factory) isPublished(d *draft.Draft) bool {
	if f.layout.Attrs.Get("publishes").IsKnown() {
		return true
	}
	return slices.ContainsFunc(catalogueOf(d).factories, func(other *factory) bool { return other.origin == f })
}

// defined reports whether a definition file turns a member of the linked
// service into a parameter: under its connector's name or under "*".
func (o *object) defined(definition resource.Value, name string) bool {
	for _, typ := range []string{"Microsoft.DataFactory/factories/linkedServices", "Microsoft.Synapse/workspaces/linkedServices"} {
		links := member(definition, typ)
		for _, connector := range []string{o.typ(), "*"} {
			properties := member(links, connector).Path("properties.typeProperties")
			for _, key := range []string{name, "*"} {
				if rule := member(properties, key); rule.IsKnown() {
					return true
				}
			}
		}
	}
	return false
}

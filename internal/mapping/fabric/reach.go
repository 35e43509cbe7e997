package fabric

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

func plain(n int) string { return strconv.Itoa(n) }

// hostFact is the machine or service that an address names; absent for one that
// names none, such as a data source name of ODBC or a file on a drive.
func hostFact(v resource.Value) model.Fact {
	text, ok := v.AsString()
	if !ok {
		return draft.Text(v)
	}
	if host := hostOf(text); host != "" {
		return model.KnownFact(host, v.At)
	}
	return model.AbsentFact(v.At)
}

// hostOf takes the host out of an address: "https://lake.dfs.core.windows.net/raw",
// "server.database.windows.net,1433", "MACHINE\INSTANCE", "driver={x};server=y".
func hostOf(text string) string {
	text = strings.TrimSpace(text)
	if strings.Contains(text, "://") {
		if address, err := url.Parse(text); err == nil && address.Host != "" {
			return strings.ToLower(address.Hostname())
		}
	}
	if strings.Contains(text, "=") {
		text = serverOf(text)
	}
	if len(text) > 1 && text[1] == ':' {
		return ""
	}
	text = strings.TrimPrefix(strings.TrimPrefix(text, "tcp:"), `\\`)
	if cut := strings.IndexAny(text, "/\\,;:? "); cut > 0 {
		text = text[:cut]
	}
	return strings.ToLower(text)
}

// serverOf takes the server out of a connection string.
func serverOf(text string) string {
	for pair := range strings.SplitSeq(text, ";") {
		key, value, _ := strings.Cut(pair, "=")
		if slices.Contains([]string{"server", "data source", "host", "hostname", "address"}, strings.ToLower(strings.TrimSpace(key))) {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// isIndirect reports whether a literal names no place but an entry that every
// machine has its own of: a data source name of ODBC.
func isIndirect(text string) bool {
	return strings.Contains(strings.ToLower(text), "dsn=") && serverOf(text) == ""
}

// clouds are the domains in which Azure names resources by their first label,
// by the kinds that live there.
var clouds = []struct {
	suffix string
	kinds  []model.Kind
}{
	{".database.windows.net", []model.Kind{model.DatabaseServer, model.Database}},
	{".sql.azuresynapse.net", []model.Kind{model.Workspace, model.DatabaseServer}},
	{".postgres.database.azure.com", []model.Kind{model.DatabaseServer, model.Database}},
	{".mysql.database.azure.com", []model.Kind{model.DatabaseServer, model.Database}},
	{".documents.azure.com", []model.Kind{model.Database, model.DatabaseServer}},
	{".dfs.core.windows.net", []model.Kind{model.ObjectStore}},
	{".blob.core.windows.net", []model.Kind{model.ObjectStore}},
}

// reached resolves an address to the stores of the model that it leads to: the
// database or container that it names, else the server or account.
func reached(d *draft.Draft, address, database resource.Value, root string) []*model.Asset {
	text, ok := address.AsString()
	if !ok {
		return nil
	}
	host := hostOf(text)
	for _, cloud := range clouds {
		label, ok := strings.CutSuffix(host, cloud.suffix)
		if !ok {
			continue
		}
		label = strings.TrimSuffix(label, "-ondemand")
		found := d.Find(resource.StringAt(address.At, label), root, "azure", cloud.kinds...).Assets
		if len(found) != 1 {
			return nil
		}
		if name := innerName(text, database); name != "" {
			if inner := innerOf(d, found[0], name); inner != nil {
				return []*model.Asset{inner}
			}
		}
		return found
	}
	return nil
}

// innerName is the database, or the container that a URL names first.
func innerName(text string, database resource.Value) string {
	if name, ok := database.AsString(); ok {
		return name
	}
	if address, err := url.Parse(text); err == nil && address.Scheme != "" {
		first, _, _ := strings.Cut(strings.Trim(address.Path, "/"), "/")
		return first
	}
	return ""
}

func innerOf(d *draft.Draft, outer *model.Asset, name string) *model.Asset {
	for _, kind := range []model.Kind{model.Container, model.Database} {
		for _, a := range d.OfKind(kind) {
			if a.Within == outer.ID && strings.EqualFold(a.Name.Text(), name) {
				return a
			}
		}
	}
	return nil
}

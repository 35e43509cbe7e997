package datafactory

import (
	"net/url"
	"strings"

	"github.com/drlint/drlint/internal/resource"
)

// endpointNames are the members of typeProperties that say where a linked
// service leads, most telling first (connector pages of Microsoft Learn).
var endpointNames = []string{
	"url", "server", "host", "baseUrl", "domain", "serviceEndpoint", "connectionString", "endpoint", "functionAppUrl",
	"accountEndpoint", "sasUri", "batchUri", "serviceUri", "serviceUrl", "clusterUri", "dataLakeStoreUri", "environmentUrl",
	"accountIdentifier", "workspaceResourceId", "organizationName",
}

// endpointOf returns the member that says where a linked service leads and its
// name; absent when none is written.
func endpointOf(o *object) (name string, v resource.Value) {
	properties := o.at("typeProperties")
	for _, name := range endpointNames {
		if v := properties.Get(name); v.State != resource.Absent {
			return name, v
		}
	}
	return "", resource.Value{At: orElse(properties.At, o.r.At)}
}

// target is where an endpoint leads.
type target struct {
	// host is the name of the machine or service, in lower case.
	host string
	// account is the first part of an Azure host: the name of the resource.
	account string
	// database is what a connection string names.
	database string
}

// targetOf reads an address or a connection string.
func targetOf(text string) target {
	if strings.Contains(text, "=") && !strings.Contains(strings.SplitN(text, "=", 2)[0], "/") {
		return connectionTarget(text)
	}
	host := hostOf(text)
	return target{host: host, account: firstLabel(host)}
}

// hostOf takes the host out of an address: "https://lake.dfs.core.windows.net/",
// "tcp:server.database.windows.net,1433", "MACHINE\INSTANCE",
// "jdbc:sqlserver://server:1433;…".
func hostOf(text string) string {
	text = strings.TrimSpace(text)
	if at := strings.Index(text, "://"); at >= 0 {
		if u, err := url.Parse(text); err == nil && u.Host != "" {
			return strings.ToLower(u.Hostname())
		}
		text = text[at+3:]
	}
	text = strings.TrimPrefix(text, "tcp:")
	if cut := strings.IndexAny(text, "/\\,;:? "); cut >= 0 {
		text = text[:cut]
	}
	return strings.ToLower(text)
}

// firstLabel is the name of the Azure resource behind a host; "" for hosts
// elsewhere.
func firstLabel(host string) string {
	label, domain, ok := strings.Cut(host, ".")
	if !ok || !isAzureHost(domain) {
		return ""
	}
	// The serverless endpoint of a Synapse workspace has a name of its own.
	return strings.TrimSuffix(label, "-ondemand")
}

// isAzureHost reports whether a domain is one in which Azure names resources, in
// any of its clouds.
func isAzureHost(domain string) bool {
	for _, suffix := range []string{
		"windows.net", "azure.com", "azuresynapse.net", "azure.net", "azurewebsites.net", "azuredatabricks.net",
		"chinacloudapi.cn", "azure.cn", "usgovcloudapi.net", "azure.us", "fabric.microsoft.com",
	} {
		if domain == suffix || strings.HasSuffix(domain, "."+suffix) {
			return true
		}
	}
	return false
}

// connectionTarget reads a connection string of "key=value" pairs.
func connectionTarget(text string) (t target) {
	suffix := "core.windows.net"
	for pair := range strings.SplitSeq(text, ";") {
		key, value, _ := strings.Cut(pair, "=")
		value = strings.TrimSpace(value)
		switch strings.ToLower(strings.TrimSpace(key)) {
		case "data source", "server", "addr", "address", "network address", "host", "hostname",
			"accountendpoint", "blobendpoint", "dfsendpoint", "endpoint":
			t.host = hostOf(value)
			t.account = firstLabel(t.host)
		case "accountname":
			t.account = strings.ToLower(value)
		case "endpointsuffix":
			suffix = value
		case "initial catalog", "database":
			t.database = value
		}
	}
	if t.host == "" && t.account != "" {
		t.host = t.account + ".blob." + suffix
	}
	return t
}

package datafactory

import (
	"strings"

	"github.com/drlint/drlint/internal/resource"
)

// terraformLinks are the connectors of azurerm's linked services, by the end of
// the resource's name.
var terraformLinks = map[string]string{
	"azure_blob_storage": "AzureBlobStorage", "azure_databricks": "AzureDatabricks", "azure_file_storage": "AzureFileStorage",
	"azure_function": "AzureFunction", "azure_search": "AzureSearch", "azure_sql_database": "AzureSqlDatabase",
	"azure_table_storage": "AzureTableStorage", "cosmosdb": "CosmosDb", "cosmosdb_mongoapi": "CosmosDbMongoDbApi",
	"data_lake_storage_gen2": "AzureBlobFS", "key_vault": "AzureKeyVault", "kusto": "AzureDataExplorer", "mysql": "MySql",
	"odata": "OData", "odbc": "Odbc", "postgresql": "PostgreSql", "sftp": "Sftp", "snowflake": "Snowflake",
	"sql_managed_instance": "AzureSqlMI", "sql_server": "SqlServer", "synapse": "AzureSqlDW", "web": "Web",
}

// terraformEndpoints maps azurerm's attributes to the ARM members that say the
// same.
var terraformEndpoints = []struct{ attribute, member string }{
	{"url", "url"}, {"host", "host"}, {"adb_domain", "domain"}, {"service_endpoint", "serviceEndpoint"},
	{"connection_string", "connectionString"}, {"connection_string_insecure", "connectionString"}, {"account_endpoint", "accountEndpoint"},
	{"kusto_endpoint", "endpoint"}, {"sas_uri", "sasUri"}, {"key_vault_id", "baseUrl"}, {"database", "database"},
	{"kusto_database_name", "database"}, {"msi_work_space_resource_id", "workspaceResourceId"},
}

// linkOf reads one of azurerm's linked services.
func linkOf(connector string) func(*resource.Resource) resource.Value {
	return func(r *resource.Resource) resource.Value {
		properties := resource.ObjectAt(r.At)
		add := func(name string, v resource.Value) {
			if v.State != resource.Absent && properties.Get(name).State == resource.Absent {
				properties.Fields = append(properties.Fields, field(name, v))
			}
		}
		for _, secret := range []struct{ attribute, member string }{
			{"key_vault_connection_string", "connectionString"}, {"key_vault_sas_token", "sasToken"},
			{"key_vault_password", "password"}, {"key_vault_key", "functionKey"},
		} {
			for _, block := range r.Attrs.Get(secret.attribute).Blocks() {
				add(secret.member, members(block.At, field("type", word(block.At, "AzureKeyVaultSecret")),
					field("store", namedReference(block.Get("linked_service_name")))))
			}
		}
		for _, endpoint := range terraformEndpoints {
			add(endpoint.member, r.Attrs.Get(endpoint.attribute))
		}
		return members(r.At, field("type", word(r.At, connector)), field("typeProperties", properties),
			field("connectVia", namedReference(r.Attrs.Get("integration_runtime_name"))),
			field("parameters", parameterDefaults(r.Attrs.Get("parameters"))))
	}
}

// customLink reads a linked service whose properties are JSON.
func customLink(r *resource.Resource) resource.Value {
	block := r.Attrs.Get("integration_runtime").Block()
	return members(r.At, field("type", r.Attrs.Get("type")),
		field("typeProperties", jsonText(r.Attrs.Get("type_properties_json"))),
		field("connectVia", namedReference(block.Get("name"))),
		field("parameters", parameterDefaults(r.Attrs.Get("parameters"))))
}

// terraformDatasets are the types of azurerm's datasets, by the end of the
// resource's name.
var terraformDatasets = map[string]string{
	"azure_blob": "AzureBlob", "azure_sql_table": "AzureSqlTable", "binary": "Binary", "cosmosdb_sqlapi": "CosmosDbSqlApiCollection",
	"delimited_text": "DelimitedText", "http": "HttpFile", "json": "Json", "mysql": "MySqlTable", "parquet": "Parquet",
	"postgresql": "PostgreSqlTable", "snowflake": "SnowflakeTable", "sql_server_table": "SqlServerTable",
}

// terraformLocations maps the location blocks of a dataset to ARM types.
var terraformLocations = []struct{ block, typ, container string }{
	{"azure_blob_storage_location", "AzureBlobStorageLocation", "container"},
	{"azure_blob_fs_location", "AzureBlobFSLocation", "fileSystem"},
	{"http_server_location", "HttpServerLocation", ""},
	{"sftp_server_location", "SftpLocation", ""},
}

// datasetOf reads one of azurerm's datasets.
func datasetOf(typ string) func(*resource.Resource) resource.Value {
	return func(r *resource.Resource) resource.Value {
		at := func(name string) resource.Value { return r.Attrs.Get(name) }
		properties := members(r.At, field("folderPath", dynamic(at("path"), at("dynamic_path_enabled"))),
			field("fileName", dynamic(at("filename"), at("dynamic_filename_enabled"))),
			field("schema", at("schema")), field("table", at("table")), field("tableName", at("table_name")),
			field("collectionName", at("collection_name")), field("relativeUrl", at("relative_url")))
		for _, location := range terraformLocations {
			for _, block := range at(location.block).Blocks() {
				v := members(block.At, field("type", word(block.At, location.typ)),
					field("folderPath", dynamic(block.Get("path"), block.Get("dynamic_path_enabled"))),
					field("fileName", dynamic(block.Get("filename"), block.Get("dynamic_filename_enabled"))),
					field("relativeUrl", block.Get("relative_url")))
				for _, name := range []string{"container", "file_system"} {
					if container := block.Get(name); location.container != "" && container.State != resource.Absent {
						v.Fields = append(v.Fields, field(location.container, dynamic(container, block.Get("dynamic_"+name+"_enabled"))))
					}
				}
				properties.Fields = append(properties.Fields, field("location", v))
			}
		}
		link := at("linked_service_name")
		if link.State == resource.Absent {
			link = lastSegment(at("linked_service_id"))
		}
		return members(r.At, field("type", word(r.At, typ)), field("linkedServiceName", namedReference(link)),
			field("typeProperties", properties), field("parameters", parameterDefaults(at("parameters"))))
	}
}

// dynamic keeps a text from being read as an expression unless azurerm is told
// to send it as one.
func dynamic(v, enabled resource.Value) resource.Value {
	text, ok := v.AsString()
	if truth, known := enabled.AsBool(); ok && known && truth && strings.HasPrefix(text, "@") {
		return members(v.At, field("value", v), field("type", word(v.At, "Expression")))
	}
	return v
}

// customDataset reads a dataset whose properties are JSON.
func customDataset(r *resource.Resource) resource.Value {
	link := r.Attrs.Get("linked_service").Block()
	return members(r.At, field("type", r.Attrs.Get("type")),
		field("linkedServiceName", namedReference(link.Get("name"), field("parameters", link.Get("parameters")))),
		field("typeProperties", jsonText(r.Attrs.Get("type_properties_json"))),
		field("parameters", parameterDefaults(r.Attrs.Get("parameters"))))
}

# METADATA
# title: Connections of ingest can be pointed at another place
# description: >-
#   After a failover the lake, the databases and the workspaces have other names or other
#   addresses. A connection whose address is written into it still leads to the region that
#   is gone, and every one of them has to be found and changed by hand while people wait
#   for data. An address that is a parameter is changed once, where it is given.
# related_resources:
# - ref: https://learn.microsoft.com/azure/data-factory/parameterize-linked-services
#   description: Parameterize linked services in Data Factory and Synapse
# - ref: https://learn.microsoft.com/azure/data-factory/continuous-integration-delivery-resource-manager-custom-parameters
#   description: Custom parameters of the published template
# custom:
#   severity: medium
#   kinds: [connection, workspace]
#   guide: [14]
#   fix: >-
#     Make the address a parameter: of the linked service (@{linkedService().url}), of the
#     published template (arm-template-parameters-definition.json, for Synapse
#     template-parameters-definition.json), or of the Terraform and Bicep code. Or take it
#     from a secret in Key Vault.
#   tags: [disaster-recovery]
package rules.ingest.hardcoded_endpoint

import data.rules.lib.delivery

deny contains {"asset": a.id, "at": "settings.hard_coded", "message": message} if {
	some a in judged
	a.settings.hard_coded.value == true
	not foreign(a)
	message := sprintf("Connection %s leads to %s wherever it is deployed, also in the recovery region", [a.address, object.get(a.settings.host, "value", "one place")])
}

deny contains {"asset": a.id, "at": "settings.hard_coded_global_parameters", "message": message} if {
	some a in judged
	a.settings.hard_coded_global_parameters.value == true
	message := sprintf("A global parameter of %s holds an address that stays the same wherever it is deployed, also in the recovery region", [a.address])
}

unknown contains {"asset": a.id, "at": sprintf("settings.%s", [name]), "message": message} if {
	some a in judged
	some name in names
	a.settings[name].state == "unknown"
	message := sprintf("Whether %s can be pointed at the recovery region is unknown because %s", [a.address, a.settings[name].why])
}

exempt contains {"asset": a.id, "message": delivery.excuse(a)} if some a in fixed

exempt contains {"asset": a.id, "message": message} if {
	some a in fixed
	not delivery.excuse(a)
	reads(a)
	message := sprintf("report/hardcoded-source judges what the model %s reads", [input.by_id[a.within].address])
}

exempt contains {"asset": a.id, "message": message} if {
	some a in judged
	a.settings.hard_coded.value == true
	foreign(a)
	message := sprintf("%s is a public address that does not move with this platform", [a.settings.host.value])
}

names := ["hard_coded", "hard_coded_global_parameters"]

judged := [a | some a in fixed; not delivery.excuse(a); not reads(a)]

# reads holds for a source of a semantic model, which no pipeline uses.
reads(a) if input.by_id[a.within].kind == "semantic_model"

fixed := [a | some a in input.assets; some name in names; questionable(a.settings[name])]

questionable(fact) if fact.state == "unknown"

questionable(fact) if fact.value == true

# foreign holds for a public address that is read as a file or an interface of
# somebody else: outside of the clouds, and no machine of one's own network.
foreign(a) if {
	a.settings.connector.value in {"HttpServer", "RestService", "OData", "Web", "Sftp", "FtpServer"}
	contains(a.settings.host.value, ".")
	every cloud in clouds {
		not endswith(a.settings.host.value, cloud)
	}
	every suffix in {".local", ".internal", ".lan", ".corp", ".intranet"} {
		not endswith(a.settings.host.value, suffix)
	}
}

clouds := {
	"azure.com", "azure.net", "azurewebsites.net", "windows.net", "azuredatabricks.net", "azuresynapse.net",
	"fabric.microsoft.com", "azure-api.net", "azure.cn", "chinacloudapi.cn", "azure.us", "usgovcloudapi.net", "amazonaws.com", "googleapis.com",
}

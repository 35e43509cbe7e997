// Package azure translates Azure storage accounts, their containers, backup
// vaults and everything that protects them. Each service has one neutral struct;
// a small reader per dialect (Terraform's azurerm, the ARM shape that azapi
// carries) fills it and one function states the protections, so the same store
// written in two formats gives the same model.
package azure

import (
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/resource"
)

const provider = "azure"

// Mappers lists the services. The order matters: what attaches to an account is
// judged after the account's own blob service, and a container is placed in its
// account before anything names it.
func Mappers() []draft.Mapper {
	return []draft.Mapper{
		storageAccounts(),
		blobServices(),
		containers(),
		containerImmutability(),
		objectReplication(),
		lifecyclePolicies(),
		backupVaults(),
		recoveryVaults(),
		backupInstances(),
		sqlServers(),
		sqlDatabases(),
		sqlSecondaries(),
		failoverGroups(),
		sqlInstances(),
		instanceDatabases(),
		instanceFailoverGroups(),
		synapseWorkspaces(),
		synapsePools(),
		openServers(),
		openDatabases(),
		cosmosAccounts(),
		databaseInstances(),
		kustoClusters(),
		kustoDatabases(),
		kustoFollowers(),
		analysisServers(),
		eventNamespaces(),
		eventHubs(),
		eventPairings(),
		iotHubs(),
		redisCaches(),
		redisLinks(),
		fileServices(),
		fileShares(),
		fileShareBackups(),
		virtualMachines(),
		machineBackups(),
		backupPlansOfVaults(),
		siteRecovery(),
		managementLocks(),
		resourceGuards(),
		keyVaults(),
		customerKeys(),
		configurationStores(),
		configurationReplicas(),
		trafficManagers(),
		trafficManagerEndpoints(),
		originGroups(),
		origins(),
		dataFactories(),
		databricksWorkspaces(),
		machineLearningWorkspaces(),
		roleAssignments(),
		fileSystemACLs(),
		purposes(),
		sitePurposes(),
	}
}

// managed limits a step to resources that the configuration creates: what it
// only refers to is a target of attachments, not an asset, and attaches nothing.
func managed(step func(*draft.Draft, *resource.Resource)) func(*draft.Draft, *resource.Resource) {
	return func(d *draft.Draft, r *resource.Resource) {
		if r.Mode == resource.Managed {
			step(d, r)
		}
	}
}

package azure_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/drlint/drlint/analyzers/terraform"
	"github.com/drlint/drlint/internal/mapping/azure"
	"github.com/drlint/drlint/internal/mapping/maptest"
	"github.com/drlint/drlint/internal/model"
)

// asAzurerm and asAzapi declare one platform in two dialects.
const asAzurerm = `
resource "azurerm_storage_account" "lake" {
  name                      = "stlake"
  location                  = "westeurope"
  account_kind              = "StorageV2"
  account_tier              = "Standard"
  account_replication_type  = "GZRS"
  is_hns_enabled            = false
  shared_access_key_enabled = false
  nfsv3_enabled             = false
  sftp_enabled              = false
  blob_properties {
    versioning_enabled  = true
    change_feed_enabled = true
    delete_retention_policy {
      days                     = 20
      permanent_delete_enabled = false
    }
    container_delete_retention_policy {
      days = 9
    }
    restore_policy {
      days = 10
    }
  }
}

resource "azurerm_storage_container" "raw" {
  name               = "raw"
  storage_account_id = azurerm_storage_account.lake.id
}

resource "azurerm_storage_management_policy" "rules" {
  storage_account_id = azurerm_storage_account.lake.id
  rule {
    name    = "versions"
    enabled = true
    filters {
      prefix_match = ["raw/"]
      blob_types   = ["blockBlob"]
    }
    actions {
      version {
        delete_after_days_since_creation = 60
      }
    }
  }
}

resource "azurerm_data_protection_backup_vault" "vault" {
  name                         = "bv"
  location                     = "westeurope"
  datastore_type               = "VaultStore"
  redundancy                   = "GeoRedundant"
  cross_region_restore_enabled = true
  soft_delete                  = "On"
  retention_duration_in_days   = 30
  immutability                 = "Locked"
  identity {
    type = "SystemAssigned"
  }
}

resource "azurerm_data_protection_backup_policy_blob_storage" "policy" {
  name                                   = "p"
  vault_id                               = azurerm_data_protection_backup_vault.vault.id
  operational_default_retention_duration = "P30D"
  vault_default_retention_duration       = "P90D"
  backup_repeating_time_intervals        = ["R/2026-05-01T02:00:00+00:00/P1D"]
}

resource "azurerm_data_protection_backup_instance_blob_storage" "lake" {
  name                            = "lake"
  vault_id                        = azurerm_data_protection_backup_vault.vault.id
  location                        = "westeurope"
  storage_account_id              = azurerm_storage_account.lake.id
  backup_policy_id                = azurerm_data_protection_backup_policy_blob_storage.policy.id
  storage_account_container_names = ["raw"]
}
`

const asAzapi = `
resource "azapi_resource" "lake" {
  type     = "Microsoft.Storage/storageAccounts@2023-05-01"
  name     = "stlake"
  location = "westeurope"
  body = {
    kind = "StorageV2"
    sku  = { name = "Standard_GZRS" }
    properties = { isHnsEnabled = false, allowSharedKeyAccess = false, isNfsV3Enabled = false, isSftpEnabled = false }
  }
}

resource "azapi_resource" "blobs" {
  type      = "Microsoft.Storage/storageAccounts/blobServices@2023-05-01"
  name      = "default"
  parent_id = azapi_resource.lake.id
  body = {
    properties = {
      isVersioningEnabled            = true
      changeFeed                     = { enabled = true }
      deleteRetentionPolicy          = { enabled = true, days = 20, allowPermanentDelete = false }
      containerDeleteRetentionPolicy = { enabled = true, days = 9 }
      restorePolicy                  = { enabled = true, days = 10 }
    }
  }
}

resource "azapi_resource" "raw" {
  type      = "Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01"
  name      = "raw"
  parent_id = azapi_resource.blobs.id
}

resource "azapi_resource" "rules" {
  type      = "Microsoft.Storage/storageAccounts/managementPolicies@2023-05-01"
  name      = "default"
  parent_id = azapi_resource.lake.id
  body = {
    properties = { policy = { rules = [{
      name    = "versions"
      enabled = true
      definition = {
        filters = { prefixMatch = ["raw/"], blobTypes = ["blockBlob"] }
        actions = { version = { delete = { daysAfterCreationGreaterThan = 60 } } }
      }
    }] } }
  }
}

resource "azapi_resource" "vault" {
  type     = "Microsoft.DataProtection/backupVaults@2025-07-01"
  name     = "bv"
  location = "westeurope"
  identity {
    type = "SystemAssigned"
  }
  body = {
    properties = {
      storageSettings  = [{ datastoreType = "VaultStore", type = "GeoRedundant" }]
      featureSettings  = { crossRegionRestoreSettings = { state = "Enabled" } }
      securitySettings = { softDeleteSettings = { state = "On", retentionDurationInDays = 30 }, immutabilitySettings = { state = "Locked" } }
    }
  }
}

resource "azapi_resource" "policy" {
  type      = "Microsoft.DataProtection/backupVaults/backupPolicies@2025-07-01"
  name      = "p"
  parent_id = azapi_resource.vault.id
  body = {
    properties = { policyRules = [
      { objectType = "AzureBackupRule", dataStore = { dataStoreType = "VaultStore" }, trigger = { schedule = { repeatingTimeIntervals = ["R/2026-05-01T02:00:00+00:00/P1D"] } } },
      { objectType = "AzureRetentionRule", isDefault = true, lifecycles = [{ deleteAfter = { duration = "P30D" }, sourceDataStore = { dataStoreType = "OperationalStore" } }] },
      { objectType = "AzureRetentionRule", isDefault = true, lifecycles = [{ deleteAfter = { duration = "P90D" }, sourceDataStore = { dataStoreType = "VaultStore" } }] },
      { objectType = "AzureRetentionRule", isDefault = false, lifecycles = [{ deleteAfter = { duration = "P1Y" }, sourceDataStore = { dataStoreType = "VaultStore" } }] },
    ] }
  }
}

resource "azapi_resource" "instance" {
  type      = "Microsoft.DataProtection/backupVaults/backupInstances@2025-07-01"
  name      = "lake"
  parent_id = azapi_resource.vault.id
  body = {
    properties = {
      dataSourceInfo = { resourceID = azapi_resource.lake.id, datasourceType = "Microsoft.Storage/storageAccounts/blobServices" }
      policyInfo = {
        policyId         = azapi_resource.policy.id
        policyParameters = { backupDatasourceParametersList = [{ objectType = "BlobBackupDatasourceParameters", containersList = ["raw"] }] }
      }
    }
  }
}
`

// TestSameModel checks that one platform gives one model, whatever dialect
// declares it: everything but addresses, places and the words of explanations.
func TestSameModel(t *testing.T) {
	if diff := cmp.Diff(essence(t, asAzurerm), essence(t, asAzapi)); diff != "" {
		t.Errorf("azurerm and azapi differ (-azurerm +azapi):\n%s", diff)
	}
}

type fact struct {
	State model.State
	Value any
}

type meansEssence struct {
	Mechanism, State, Scope               string
	Window, Interval, Region              fact
	OtherRegion, OtherAccount, Locked, PD model.Tri
}

type assetEssence struct {
	States   map[string]model.ProtectionState
	Means    map[string][]meansEssence
	Settings map[string]fact
	Expiries []fact
}

func essence(t *testing.T, text string) map[string]assetEssence {
	t.Helper()
	archive := &txtar.Archive{Files: []txtar.File{{Name: "main.tf", Data: []byte(text)}}}
	m := maptest.Model(t, archive, []maptest.Analyzer{terraform.New()}, azure.Mappers())
	found := map[string]assetEssence{}
	for _, a := range m.Assets {
		e := assetEssence{States: map[string]model.ProtectionState{}, Means: map[string][]meansEssence{}, Settings: map[string]fact{}}
		for name, p := range a.Protections {
			e.States[name] = p.State
			for _, means := range p.Means {
				e.Means[name] = append(e.Means[name], meansEssence{
					means.Mechanism, string(means.State), string(means.Scope), of(means.Window), of(means.Interval), of(means.Region),
					means.OtherRegion, means.OtherAccount, means.Locked, means.PropagatesDeletes,
				})
			}
			slices.SortFunc(e.Means[name], func(a, b meansEssence) int { return strings.Compare(a.Mechanism, b.Mechanism) })
		}
		for name, setting := range a.Settings {
			e.Settings[name] = of(setting)
		}
		for _, expiry := range a.Expiries {
			e.Expiries = append(e.Expiries, of(expiry.Days))
		}
		found[strings.Join([]string{string(a.Kind), a.Service, a.Name.Text(), a.Region.Text()}, " ")] = e
	}
	return found
}

func of(f model.Fact) fact { return fact{f.State, f.Value} }

resource "azurerm_data_protection_backup_vault" "data" {
  name                = "bv-acme-data"
  resource_group_name = azurerm_resource_group.data.name
  location            = azurerm_resource_group.data.location
  datastore_type      = "VaultStore"
  redundancy          = "GeoRedundant"

  identity {
    type = "SystemAssigned"
  }
}

resource "azurerm_data_protection_backup_policy_data_lake_storage" "daily" {
  name                            = "lake-daily"
  data_protection_backup_vault_id = azurerm_data_protection_backup_vault.data.id
  backup_schedule                 = ["R/2026-01-01T02:00:00+00:00/P1D"]
  default_retention_duration      = "P30D"
}

# The raw container was added to the lake later and is missing here.
resource "azurerm_data_protection_backup_instance_data_lake_storage" "lake" {
  name                               = "lake"
  location                           = azurerm_resource_group.data.location
  data_protection_backup_vault_id    = azurerm_data_protection_backup_vault.data.id
  storage_account_id                 = module.lake.account_id
  backup_policy_data_lake_storage_id = azurerm_data_protection_backup_policy_data_lake_storage.daily.id
  storage_container_names            = ["enriched", "curated"]
}

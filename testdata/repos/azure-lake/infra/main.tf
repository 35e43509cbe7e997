terraform {
  required_version = ">= 1.9"
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 4.80"
    }
  }
  backend "azurerm" {
    resource_group_name  = "rg-platform-state"
    storage_account_name = "stplatformstate"
    container_name       = "tfstate"
    key                  = "lake.tfstate"
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "data" {
  name     = "rg-data-${var.environment}"
  location = var.location
}

module "lake" {
  source = "./modules/lake"

  name                = "stacmelake${var.environment}"
  resource_group_name = azurerm_resource_group.data.name
  location            = azurerm_resource_group.data.location
  replication         = "ZRS"
  stages              = ["raw", "enriched", "curated"]
}

# Files arrive here from partners before Data Factory copies them on.
module "landing" {
  source = "./modules/lake"

  name                = "stacmelanding${var.environment}"
  resource_group_name = azurerm_resource_group.data.name
  location            = azurerm_resource_group.data.location
  replication         = var.landing_replication
  stages              = ["landing"]
}

resource "azurerm_data_factory" "ingest" {
  name                = "adf-acme-${var.environment}"
  resource_group_name = azurerm_resource_group.data.name
  location            = azurerm_resource_group.data.location
}

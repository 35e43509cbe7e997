# What one team of a made-up company runs, in all stages: some of that is well
# protected, some is not, and some cannot be told.

terraform {
  backend "s3" {
    bucket = "team0-state"
    key    = "lake.tfstate"
    region = "eu-central-1"
  }
}

provider "aws" {
  region = "eu-central-1"
}

provider "aws" {
  alias  = "copy"
  region = "eu-west-1"
}

variable "retention" {
  type = number
}

resource "aws_s3_bucket" "raw_orders" {
  bucket = "team0-raw-orders"
}

resource "aws_s3_bucket_versioning" "raw_orders" {
  bucket = aws_s3_bucket.raw_orders.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "raw_orders" {
  bucket = aws_s3_bucket.raw_orders.id
  rule {
    id     = "old"
    status = "Enabled"
    filter {}
    noncurrent_version_expiration {
      noncurrent_days = 60
    }
  }
}

resource "aws_s3_bucket_replication_configuration" "raw_orders" {
  bucket = aws_s3_bucket.raw_orders.id
  role   = "arn:aws:iam::123456789012:role/replication"
  rule {
    id     = "all"
    status = "Enabled"
    filter {}
    delete_marker_replication {
      status = "Disabled"
    }
    destination {
      bucket = aws_s3_bucket.raw_orders_copy.arn
    }
  }
}

resource "aws_s3_bucket" "raw_orders_copy" {
  provider = aws.copy
  bucket   = "team0-raw-orders-copy"
}

resource "aws_s3_bucket_versioning" "raw_orders_copy" {
  provider = aws.copy
  bucket   = aws_s3_bucket.raw_orders_copy.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket" "landing_clicks" {
  bucket        = "team0-landing-clicks"
  force_destroy = true
}

resource "aws_s3_bucket_lifecycle_configuration" "landing_clicks" {
  bucket = aws_s3_bucket.landing_clicks.id
  rule {
    id     = "old"
    status = "Enabled"
    filter {}
    expiration {
      days = 30
    }
  }
}

resource "aws_s3_bucket" "raw_ledger" {
  bucket              = "team0-raw-ledger"
  object_lock_enabled = true
  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_versioning" "raw_ledger" {
  bucket = aws_s3_bucket.raw_ledger.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_object_lock_configuration" "raw_ledger" {
  bucket = aws_s3_bucket.raw_ledger.id
  rule {
    default_retention {
      mode = "COMPLIANCE"
      days = 90
    }
  }
}

resource "aws_s3_bucket" "curated" {
  bucket = "team0-curated"
}

resource "aws_s3_bucket_versioning" "curated" {
  bucket = aws_s3_bucket.curated.id
  versioning_configuration {
    status = "Suspended"
  }
}

resource "aws_s3_bucket" "audit" {
  bucket = "team0-audit"
}

resource "aws_s3_bucket_logging" "raw_orders" {
  bucket        = aws_s3_bucket.raw_orders.id
  target_bucket = aws_s3_bucket.audit.id
  target_prefix = "orders/"
}

resource "aws_dynamodb_table" "raw_events" {
  name         = "team0-raw-events"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  point_in_time_recovery {
    enabled = true
  }
}

resource "aws_dynamodb_table" "sessions" {
  name         = "team0-sessions"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
}

resource "aws_db_instance" "raw_extract" {
  identifier              = "team0-raw-extract"
  engine                  = "postgres"
  instance_class          = "db.t4g.medium"
  backup_retention_period = var.retention
  deletion_protection     = true
  skip_final_snapshot     = false
}

resource "aws_backup_vault" "lake" {
  name = "team0"
}

resource "aws_backup_plan" "daily" {
  name = "team0-daily"
  rule {
    rule_name         = "daily"
    target_vault_name = aws_backup_vault.lake.name
    schedule          = "cron(0 3 * * ? *)"
    lifecycle {
      delete_after = 35
    }
  }
}

resource "aws_backup_selection" "events" {
  name         = "team0-events"
  plan_id      = aws_backup_plan.daily.id
  iam_role_arn = "arn:aws:iam::123456789012:role/backup"
  resources    = [aws_dynamodb_table.raw_events.arn]
}

resource "azurerm_storage_account" "lake" {
  name                     = "team0lake"
  resource_group_name      = "rg-team0"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "GZRS"
  blob_properties {
    versioning_enabled = true
    delete_retention_policy {
      days = 30
    }
  }
}

resource "azurerm_storage_container" "lake" {
  for_each           = toset(["raw", "enriched", "curated"])
  name               = each.key
  storage_account_id = azurerm_storage_account.lake.id
}

resource "azurerm_management_lock" "lake" {
  name       = "keep"
  scope      = azurerm_storage_account.lake.id
  lock_level = "CanNotDelete"
}

resource "azurerm_storage_account" "files" {
  name                     = "team0files"
  resource_group_name      = "rg-team0"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "LRS"
  is_hns_enabled           = true
  blob_properties {
    delete_retention_policy {
      days = 7
    }
  }
}

resource "azurerm_storage_container" "files" {
  for_each           = toset(["bronze", "silver", "gold"])
  name               = each.key
  storage_account_id = azurerm_storage_account.files.id
}

resource "google_storage_bucket" "raw" {
  name     = "team0-raw-sensors"
  location = "EUROPE-WEST3"
  versioning {
    enabled = true
  }
}

resource "google_sql_database_instance" "app" {
  name             = "team0-app"
  database_version = "POSTGRES_16"
  region           = "europe-west3"
  settings {
    tier = "db-custom-2-7680"
    backup_configuration {
      enabled = true
    }
  }
}

resource "github_repository" "lake" {
  name       = "team0-lake"
  visibility = "private"
}

resource "github_branch_protection" "lake" {
  repository_id    = github_repository.lake.node_id
  pattern          = "main"
  enforce_admins   = true
  allows_deletions = false
}

resource "aws_db_instance" "orders" {
  identifier              = "team0-orders"
  engine                  = "postgres"
  instance_class          = "db.m6g.large"
  backup_retention_period = 14
  deletion_protection     = true
  tags = {
    data-stage = "source"
  }
}

resource "aws_db_instance" "legacy" {
  identifier              = "team0-legacy"
  engine                  = "mysql"
  instance_class          = "db.m6g.large"
  backup_retention_period = 0
  skip_final_snapshot     = true
  tags = {
    data-stage = "source"
  }
}

resource "azurerm_mssql_server" "mart" {
  name                = "team0-mart"
  resource_group_name = "rg-team0"
  location            = "westeurope"
  version             = "12.0"
}

resource "azurerm_mssql_server" "mart_copy" {
  name                = "team0-mart-copy"
  resource_group_name = "rg-team0"
  location            = "northeurope"
  version             = "12.0"
}

resource "azurerm_mssql_database" "sales" {
  name      = "sales"
  server_id = azurerm_mssql_server.mart.id
  short_term_retention_policy {
    retention_days = 7
  }
  tags = {
    data-stage = "presentation"
    rpo        = "24h"
  }
}

resource "azurerm_mssql_database" "margin" {
  name                 = "margin"
  server_id            = azurerm_mssql_server.mart.id
  storage_account_type = "Local"
  short_term_retention_policy {
    retention_days = 35
  }
  tags = {
    data-stage = "presentation"
  }
}

resource "azurerm_mssql_failover_group" "mart" {
  name      = "team0-mart"
  server_id = azurerm_mssql_server.mart.id
  databases = [azurerm_mssql_database.sales.id]
  partner_server {
    id = azurerm_mssql_server.mart_copy.id
  }
  read_write_endpoint_failover_policy {
    mode = "Manual"
  }
}

resource "azurerm_mssql_database" "cube" {
  name      = "cube"
  server_id = azurerm_mssql_server.mart.id
  tags = {
    data-stage = "model"
  }
}

resource "google_storage_bucket" "modeled" {
  name     = "team0-modeled"
  location = "EUROPE-WEST3"
  labels = {
    data-stage = "modeled"
  }
}

resource "google_storage_bucket" "presentation" {
  name     = "team0-presentation"
  location = "EU"
  versioning {
    enabled = true
  }
  labels = {
    data-stage = "presentation"
  }
}

resource "azurerm_redis_cache" "reports" {
  name                = "team0-reports"
  resource_group_name = "rg-team0"
  location            = "westeurope"
  capacity            = 1
  family              = "P"
  sku_name            = "Premium"
  redis_configuration {
    rdb_backup_enabled            = true
    rdb_backup_frequency          = 60
    rdb_storage_connection_string = "secret"
  }
  tags = {
    data-stage = "cache"
  }
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "team0-sessions"
  description          = "sessions"
  node_type            = "cache.t4g.small"
  num_cache_clusters   = 2
  tags = {
    data-stage = "cache"
  }
}

resource "aws_s3_bucket" "enriched" {
  bucket = "team0-enriched"
}

resource "aws_s3_bucket_versioning" "enriched" {
  bucket = aws_s3_bucket.enriched.id
  versioning_configuration {
    status = "Enabled"
  }
}

terraform {
  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "~> 7.0"
    }
  }
  backend "gcs" {
    bucket = "acme-terraform-state"
    prefix = "google"
  }
}

provider "google" {
  project = "acme-data"
  region  = "europe-west4"
}

resource "google_storage_bucket" "raw" {
  name     = "acme-raw"
  location = "EU"
  versioning {
    enabled = true
  }
}

resource "google_storage_bucket" "landing" {
  name     = "acme-landing"
  location = "europe-west4"
}

resource "google_sql_database_instance" "mart" {
  name             = "mart"
  database_version = "POSTGRES_15"
  region           = "europe-west4"
  settings {
    tier    = "db-custom-4-16384"
    edition = "ENTERPRISE"
    backup_configuration {
      enabled                        = true
      point_in_time_recovery_enabled = true
    }
  }
}

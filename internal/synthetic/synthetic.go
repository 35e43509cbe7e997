// Package synthetic writes made-up platforms for benchmarks and tests: root
// modules with stores, attachments by reference and by name, loops, and a local
// module that every root calls.
package synthetic

import (
	"fmt"
	"strings"
)

// filesPerRoot is the size of one root module, in files.
const filesPerRoot = 20

// Platform returns the files of a repository with about the given number of
// Terraform files, by path. The same number gives the same bytes.
func Platform(files int) map[string][]byte {
	repository := map[string][]byte{
		"modules/lake/main.tf":           []byte(module),
		"modules/lake/variables.tf":      []byte(moduleVariables),
		".github/workflows/deploy.yml":   []byte(workflow),
		".github/workflows/validate.yml": []byte(strings.ReplaceAll(workflow, "apply", "validate")),
	}
	for written, root := 2, 0; written < files; root++ {
		dir := fmt.Sprintf("roots/team%03d", root)
		repository[dir+"/main.tf"] = fmt.Appendf(nil, rootMain, root)
		written++
		for service := 1; service < filesPerRoot && written < files; service++ {
			repository[fmt.Sprintf("%s/service%02d.tf", dir, service)] = fmt.Appendf(nil, serviceFile, service, root)
			written++
		}
	}
	return repository
}

const workflow = `name: apply
on:
  push:
    branches: [main]
jobs:
  apply:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - run: terraform apply -auto-approve
`

const moduleVariables = `variable "name" {
  type = string
}

variable "stages" {
  type    = list(string)
  default = ["raw", "curated"]
}
`

const module = `resource "aws_s3_bucket" "stage" {
  for_each = toset(var.stages)
  bucket   = "${var.name}-${each.key}"
}

resource "aws_s3_bucket_versioning" "stage" {
  for_each = aws_s3_bucket.stage
  bucket   = each.value.id
  versioning_configuration {
    status = "Enabled"
  }
}
`

const rootMain = `terraform {
  backend "s3" {
    bucket = "acme-state"
    key    = "team%[1]03d.tfstate"
    region = "eu-central-1"
  }
}

variable "environment" {
  type    = string
  default = "prod"
}

locals {
  prefix = "acme-team%[1]03d-${var.environment}"
  tags   = { owner = "team%[1]03d", environment = var.environment }
}

provider "aws" {
  region = "eu-central-1"
  default_tags {
    tags = local.tags
  }
}

module "lake" {
  source = "../../modules/lake"
  name   = "${local.prefix}-lake"
}
`

const serviceFile = `resource "aws_s3_bucket" "service%02[1]d_raw" {
  bucket = "${local.prefix}-service%02[1]d-raw"
  tags = merge(local.tags, {
    service = "service%02[1]d"
    backup  = "daily"
  })
}

resource "aws_s3_bucket_versioning" "service%02[1]d_raw" {
  bucket = aws_s3_bucket.service%02[1]d_raw.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "service%02[1]d_raw" {
  bucket = aws_s3_bucket.service%02[1]d_raw.id

  dynamic "rule" {
    for_each = { old = 90, older = 365 }
    content {
      id     = rule.key
      status = "Enabled"
      filter {
        prefix = "archive/${rule.key}/"
      }
      expiration {
        days = rule.value
      }
    }
  }
}

resource "aws_dynamodb_table" "service%02[1]d" {
  name         = "team%03[2]d-service%02[1]d"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  point_in_time_recovery {
    enabled = var.environment == "prod"
  }
}
`

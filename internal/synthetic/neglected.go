package synthetic

import "fmt"

// The size of a neglected platform.
const (
	neglectedTeams    = 5
	neglectedServices = 6 // of a team, a file each
	neglectedStores   = 5 // of a service
)

// Neglected returns the files of a repository, by path, in which nobody thought of
// backups: about 150 stores in 30 files, each with two findings, and a module that
// every team calls.
func Neglected() map[string][]byte {
	repository := map[string][]byte{
		"modules/lake/main.tf":         []byte(neglectedModule),
		"modules/lake/variables.tf":    []byte(moduleVariables),
		".github/workflows/deploy.yml": []byte(workflow),
	}
	for team := range neglectedTeams {
		dir := fmt.Sprintf("teams/team%d", team)
		repository[dir+"/main.tf"] = fmt.Appendf(nil, neglectedRoot, team)
		for service := range neglectedServices {
			var text []byte
			for store := range neglectedStores {
				text = fmt.Appendf(text, neglectedStore, []string{"raw", "curated"}[store%2], service, store, team)
			}
			repository[fmt.Sprintf("%s/service%d.tf", dir, service)] = text
		}
	}
	return repository
}

const neglectedModule = `resource "aws_s3_bucket" "stage" {
  for_each = toset(var.stages)
  bucket   = "${var.name}-${each.key}"
}
`

const neglectedRoot = `provider "aws" {
  region = "eu-central-1"
}

variable "environment" {
  type    = string
  default = "prod"
}

module "lake" {
  source = "../../modules/lake"
  name   = "acme-team%d-${var.environment}"
}
`

const neglectedStore = `resource "aws_s3_bucket" "service%[2]d_%[1]s%[3]d" {
  bucket = "acme-team%[4]d-service%[2]d-%[1]s%[3]d-${var.environment}"
}

`

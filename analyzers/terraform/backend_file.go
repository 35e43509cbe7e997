package terraform

import (
	"slices"
	"strings"
)

// backendArguments are what the usual backends take (Terraform, "Backend Type:
// s3", "azurerm", "gcs").
var backendArguments = strings.Fields(`
	bucket key region encrypt dynamodb_table use_lockfile profile role_arn assume_role workspace_key_prefix kms_key_id acl endpoints
	resource_group_name storage_account_name container_name subscription_id tenant_id client_id use_oidc use_azuread_auth use_cli environment
	prefix credentials impersonate_service_account kms_encryption_key`)

// configuresBackend reports whether a variable file holds nothing but arguments
// of a backend: terraform init reads it with -backend-config, not a plan.
func configuresBackend(f *file) bool {
	named := false
	for _, a := range f.body.attrs {
		if !slices.Contains(backendArguments, a.name) {
			return false
		}
		named = named || slices.Contains([]string{"bucket", "storage_account_name", "container_name", "key"}, a.name)
	}
	return named
}

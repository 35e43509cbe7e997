package environment

import "testing"

func TestNameOf(t *testing.T) {
	cases := map[string]string{
		"main.parameters.prod.json":                   "prod",
		"main.prod.parameters.json":                   "prod",
		"azuredeploy.parameters.dev.json":             "dev",
		"parameters/prod/main.parameters.json":        "prod",
		"parameters/prod/storage.parameters.json":     "prod",
		"infra/parameters/parameters.prod.json":       "prod",
		"parameters-prod.json":                        "prod",
		"prod.bicepparam":                             "prod",
		"main.prod.bicepparam":                        "prod",
		"main-prod.bicepparam":                        "prod",
		"storage.weu.bicepparam":                      "weu",
		"env/prod.tfvars":                             "prod",
		"prod.tfvars":                                 "prod",
		"prod.tfvars.json":                            "prod",
		"vars/prod/eu.tfvars":                         "prod/eu",
		"vars/prod/terraform.tfvars":                  "prod",
		"environments/acme/terraform.tfvars":          "acme",
		"environments/acme.tfvars":                    "acme",
		"environments/prod/prod.tfvars":               "prod",
		"dev-01.tfvars":                               "dev-01",
		"env-prod01.tfvars":                           "prod01",
		"lake.tfvars":                                 "lake",
		"infra/main.parameters.json":                  "main",
		"main.bicepparam":                             "main",
		"infra/dev/main.bicepparam":                   "dev",
		"infra/azuredeploy.parameters.json":           "azuredeploy",
		"deploy/main.parameters.contoso-weu.json":     "contoso-weu",
		"config/prod@eu.tfvars":                       "prod-eu",
		"environments/modernisation/prod.tfvars":      "prod",
		"bicep/environments/uks/main.parameters.json": "uks",
	}
	for file, want := range cases {
		if got := NameOf(file); got != want {
			t.Errorf("NameOf(%q) = %q, want %q", file, got, want)
		}
	}
}

func TestNameForLeavesTheRootsOwnNameOut(t *testing.T) {
	cases := []struct{ file, root, want string }{
		{"prod/storage.bicepparam", "infra/storage.bicep", "prod"},
		{"vars/prod/storage.tfvars", "stacks/storage", "prod"},
		{"vars/storage-prod.tfvars", "stacks/storage", "prod"},
		{"infra/dev/eu.tfvars", "infra/dev", "eu"},
		{"infra/dev/main.parameters.json", "infra/dev/main.bicep", "main"},
	}
	for _, c := range cases {
		if got := NameFor(c.file, c.root); got != c.want {
			t.Errorf("NameFor(%q, %q) = %q, want %q", c.file, c.root, got, c.want)
		}
	}
}

func TestOfUnit(t *testing.T) {
	cases := map[string][2]string{
		"live/prod/eu/storage":                      {"prod/eu", "prod/eu/storage"},
		"prod/us-east-1/prod/mysql":                 {"prod/us-east-1", "prod/us-east-1/mysql"},
		"non-prod/us-east-1/qa/mysql":               {"non-prod/us-east-1/qa", "non-prod/us-east-1/qa/mysql"},
		"infrastructure-live/acme/storage":          {"infrastructure-live/acme", "infrastructure-live/acme/storage"},
		"environments/acme/storage":                 {"acme", "acme/storage"},
		"live/storage":                              {"live", "live/storage"},
		"dev":                                       {"dev", "dev"},
		"storage":                                   {"storage", "storage"},
		"live/prod/.terragrunt-stack/storage":       {"prod", "prod/storage"},
		"live/prod/lake/.terragrunt-stack/raw/sink": {"prod/lake/raw", "prod/lake/raw/sink"},
	}
	for dir, want := range cases {
		if short, full := OfUnit(dir); short != want[0] || full != want[1] {
			t.Errorf("OfUnit(%q) = %q, %q, want %q", dir, short, full, want)
		}
	}
}

func TestEvaluation(t *testing.T) {
	for _, name := range []string{"", "prod", "prod/eu"} {
		if got := Root(Evaluation("infra/a@b", name), name); got != "infra/a@b" {
			t.Errorf("Root(Evaluation(…, %q)) = %q", name, got)
		}
	}
	if got := Evaluation("infra", "prod"); got != "infra@prod" {
		t.Error(got)
	}
}

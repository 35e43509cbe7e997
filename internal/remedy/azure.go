package remedy

// redundancy keeps a copy of storage in another region.
func redundancy() []Remedy {
	return []Remedy{{
		Name:  "replicate-to-paired-region",
		Title: "Keep a copy in the paired region",
		Targets: []Target{{
			Types: []string{"azurerm_storage_account"},
			When:  []Condition{is("account_tier", "Standard")},
			Set:   []Attribute{replace("account_replication_type", map[string]string{"LRS": "GRS", "ZRS": "GZRS"})},
		}, {
			Types: []string{"microsoft.storage/storageaccounts"},
			Set:   []Attribute{replace("sku.name", map[string]string{"Standard_LRS": "Standard_GRS", "Standard_ZRS": "Standard_GZRS"})},
		}},
	}}
}

func keeping() []Remedy   { return nil }
func databases() []Remedy { return nil }
func guards() []Remedy    { return nil }
func vaults() []Remedy    { return nil }

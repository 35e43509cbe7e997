package fabric

import "testing"

func TestNames(t *testing.T) {
	for connection, want := range map[string]bool{
		`Data Source=powerbi://api.powerbi.com/v1.0/myorg/Sales;Initial Catalog=Orders`:                                true,
		`data source=powerbi://api.powerbi.com/v1.0/myorg/xxxxxxzzz;initial catalog=Orders`:                            false,
		`Data Source=powerbi://api.powerbi.com/v1.0/myorg/00000000-0000-0000-0000-000000000000;Initial Catalog=Orders`: false,
		`semanticmodelid=7f0c2a52-0000-4b11-9e1f-5a3c2f6d8e90`:                                                         false,
	} {
		if names(connection) != want {
			t.Errorf("names(%q) = %v", connection, !want)
		}
	}
}

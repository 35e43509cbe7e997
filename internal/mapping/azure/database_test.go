package azure

import (
	"testing"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

func textAttr(text string) attr {
	return attr{Value: resource.StringAt(source.Range{File: "main.tf", Start: 1, End: 2}, text), name: "sku"}
}

func TestSQLTier(t *testing.T) {
	tests := []struct{ tier, sku, want string }{
		{"", "Basic", "basic"},
		{"", "S3", "standard"},
		{"", "P11", "premium"},
		{"", "GP_S_Gen5_2", "general_purpose"},
		{"", "BC_Gen5", "business_critical"},
		{"", "HS_Gen5_4", "hyperscale"},
		{"", "DW100c", "data_warehouse"},
		{"", "ds100", "data_warehouse"},
		{"GeneralPurpose", "Standard_D2s_v3", "general_purpose"},
		{"", "GP_Standard_D2s_v3", "general_purpose"},
		{"", "B_Standard_B1ms", "burstable"},
		{"", "Standard_D2s_v3", ""},
		{"", "ElasticPool", ""},
		{"", "System", ""},
		{"", "PRS1", ""},
		{"", "", ""},
	}
	for _, test := range tests {
		tier, sku := attr{}, attr{}
		if test.tier != "" {
			tier = textAttr(test.tier)
		}
		if test.sku != "" {
			sku = textAttr(test.sku)
		}
		if got := sqlTier(tier, sku); got.Text() != test.want {
			t.Errorf("sqlTier(%q, %q) = %q; want %q", test.tier, test.sku, got.Text(), test.want)
		}
	}
}

func TestSizeName(t *testing.T) {
	for written, want := range map[string]string{"GP_Gen5_2": "GP_Gen5", "GP_S_Gen5_1": "GP_S_Gen5", "GP_Gen5": "GP_Gen5", "S0": "S0", "DW100c": "DW100c"} {
		if got := sizeName(textAttr(written)).Text(); got != want {
			t.Errorf("sizeName(%s) = %s; want %s", written, got, want)
		}
	}
}

func TestLongTerm(t *testing.T) {
	open := attr{Value: resource.UnknownAt(source.Range{}, "var.weeks has no default"), name: "weekly_retention"}
	tests := []struct {
		name                    string
		weekly, monthly, yearly attr
		state                   model.ProtectionState
		days, hours             float64
	}{
		{"nothing", attr{}, attr{}, attr{}, model.Off, 0, 0},
		{"zero", textAttr("PT0S"), textAttr("PT0S"), attr{}, model.Off, 0, 0},
		{"weekly", textAttr("P4W"), attr{}, attr{}, model.On, 28, 168},
		{"weekly and yearly", textAttr("P4W"), attr{}, textAttr("P5Y"), model.On, 1825, 168},
		{"monthly beside a zero", textAttr("PT0S"), textAttr("P12M"), attr{}, model.On, 360, 720},
		{"unknown", open, attr{}, attr{}, model.Undecided, 0, 0},
		{"yearly beside an unknown", open, attr{}, textAttr("P1Y"), model.On, 365, 8760},
		{"not a duration", textAttr("four weeks"), attr{}, attr{}, model.Undecided, 0, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f, interval := longTerm(sqlRetention{weekly: test.weekly, monthly: test.monthly, yearly: test.yearly})
			days, _ := f.days.Number()
			hours, _ := interval.Number()
			if f.state != test.state || days != test.days || hours != test.hours {
				t.Errorf("got %s, %v days, every %v hours; want %s, %v, %v", f.state, days, hours, test.state, test.days, test.hours)
			}
			if f.state != model.On && f.days.State == "" {
				t.Error("the window is not stated")
			}
		})
	}
}

func TestEndsInType(t *testing.T) {
	const server = "/subscriptions/0/resourcegroups/rg/providers/microsoft.sql/servers/main"
	tests := []struct {
		id, armType string
		want        bool
	}{
		{server, armSQLServer, true},
		{server + "/databases/sales", armSQLServer, false},
		{server + "/databases/sales", armSQLDatabase, true},
		{server, armSQLInstance, false},
		{"/subscriptions/0/resourcegroups/rg", armSQLServer, false},
		{"/providers/", armSQLServer, false},
	}
	for _, test := range tests {
		if got := endsInType(test.id, test.armType); got != test.want {
			t.Errorf("endsInType(%s, %s) = %v", test.id, test.armType, got)
		}
	}
}

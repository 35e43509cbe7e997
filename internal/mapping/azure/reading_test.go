package azure

import (
	"testing"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

func TestLongestGap(t *testing.T) {
	tests := []struct {
		name  string
		texts []string
		hours float64
		ok    bool
	}{
		{"once a day", []string{"R/2024-05-23T02:30:00+00:00/P1D"}, 24, true},
		{"weekly", []string{"R/2021-05-23T02:30:00+00:00/P1W"}, 168, true},
		{"every four hours", []string{"R/2024-05-23T02:30:00+00:00/PT4H"}, 4, true},
		{"twice a day, unevenly", []string{"R/2024-05-23T02:00:00+00:00/P1D", "R/2024-05-23T10:00:00+00:00/P1D"}, 16, true},
		{"the same time on other days of a daily interval", []string{"R/2024-05-23T02:00:00+00:00/P1D", "R/2024-05-29T02:00:00+00:00/P1D"}, 24, true},
		{"two days a week", []string{"R/2024-05-20T02:00:00Z/P1W", "R/2024-05-22T02:00:00Z/P1W"}, 120, true},
		{"time zones count", []string{"R/2024-05-23T02:00:00+02:00/P1D", "R/2024-05-23T12:00:00+00:00/P1D"}, 12, true},
		{"no time zone", []string{"R/2024-05-23T02:00:00/P1D", "R/2024-05-23T14:00:00/P1D"}, 12, true},
		{"the most frequent counts", []string{"R/2024-05-23T02:00:00Z/P1W", "R/2024-05-23T02:00:00Z/P1D"}, 24, true},
		{"a start that cannot be placed adds nothing", []string{"R/someday/P1D", "R/2024-05-23T14:00:00Z/P1D"}, 24, true},
		{"not repeating", []string{"2024-05-23T02:30:00+00:00"}, 0, false},
		{"one of them unreadable", []string{"R/2024-05-23T02:00:00Z/P1D", "daily"}, 0, false},
		{"nothing", nil, 0, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if hours, ok := longestGap(test.texts); hours != test.hours || ok != test.ok {
				t.Errorf("longestGap(%q) = %v, %v; want %v, %v", test.texts, hours, ok, test.hours, test.ok)
			}
		})
	}
}

func TestRetentionDays(t *testing.T) {
	at := source.Range{File: "main.tf", Start: 3, End: 7}
	for text, want := range map[string]float64{"P30D": 30, "P2W": 14, "P3M": 90, "P1Y": 365, "PT12H": 0.5} {
		if got, ok := retentionDays(attr{Value: resource.StringAt(at, text)}).Number(); !ok || got != want {
			t.Errorf("retentionDays(%s) = %v, %v; want %v", text, got, ok, want)
		}
	}
	if got := retentionDays(attr{Value: resource.StringAt(at, "30"), name: "retention"}); got.State != model.Unknown || got.At != at {
		t.Errorf("retentionDays(30) = %+v; want unknown at the value", got)
	}
}

func TestOfferedSKUs(t *testing.T) {
	text := func(s string) attr { return attr{Value: resource.StringAt(source.Range{}, s)} }
	tests := map[string]struct{ offered, zones, geo bool }{
		"Standard_LRS":     {offered: true},
		"Standard_ZRS":     {offered: true, zones: true},
		"Standard_GRS":     {offered: true, geo: true},
		"Standard_RAGRS":   {offered: true, geo: true},
		"Standard_GZRS":    {offered: true, zones: true, geo: true},
		"standard_ragzrs":  {offered: true, zones: true, geo: true},
		"StandardV2_LRS":   {offered: true},
		"StandardV2_ZRS":   {offered: true, zones: true},
		"StandardV2_GRS":   {offered: true, geo: true},
		"StandardV2_GZRS":  {offered: true, zones: true, geo: true},
		"StandardV2_RAGRS": {},
		"Premium_LRS":      {offered: true},
		"Premium_ZRS":      {offered: true, zones: true},
		"Premium_GRS":      {},
		"PremiumV2_ZRS":    {offered: true, zones: true},
		"Standard":         {},
		"Ultra_LRS":        {},
		"":                 {},
	}
	for name, want := range tests {
		s := armSKU(text(name))
		zones, geo := s.copies()
		if s.offered() != want.offered || want.offered && (zones != want.zones || geo != want.geo) {
			t.Errorf("%q: offered %v zones %v geo %v; want %+v", name, s.offered(), zones, geo, want)
		}
	}
	split := terraformSKU(text("Standard"), text("V2"), text("RAGRS"))
	if split.offered() {
		t.Error("the second generation of Standard has no RAGRS")
	}
	if open := terraformSKU(attr{}, attr{}, text("GRS")); !open.offered() {
		t.Error("an unknown tier must not hide a known replication type")
	}
}

func TestIDSegment(t *testing.T) {
	const id = "/subscriptions/0/resourceGroups/RG/providers/Microsoft.Storage/storageaccounts/stlake/blobServices/default/containers/raw"
	for segment, want := range map[string]string{"storageAccounts": "stlake", "containers": "raw", "resourceGroups": "RG", "backupVaults": ""} {
		if got := idSegment(id, segment); got != want {
			t.Errorf("idSegment(%s) = %q; want %q", segment, got, want)
		}
	}
}

func FuzzArmBody(f *testing.F) {
	f.Add(`{"properties": {"isHnsEnabled": true, "list": [1, null, "a"]}}`)
	f.Add(`{`)
	f.Add(`[[[[]]]]`)
	f.Fuzz(func(t *testing.T, text string) {
		at := source.Range{File: "main.tf", Start: 1, End: 2}
		body := armBody(resource.StringAt(at, text))
		if body.State != resource.Known && body.Why == "" {
			t.Error("a body that is not read says no reason")
		}
		if got := (armResource{body: body, header: at}).at("properties.sku.name"); got.At != at {
			t.Errorf("place %+v of a value inside a string; want that of the string", got.At)
		}
	})
}

func FuzzLongestGap(f *testing.F) {
	f.Add("R/2024-05-23T02:30:00+00:00/P1D", "R/2024-05-23T14:30:00/PT4H")
	f.Add("R//P1D", "R/x/PT0S")
	f.Fuzz(func(t *testing.T, first, second string) {
		if hours, ok := longestGap([]string{first, second}); ok && hours <= 0 {
			t.Errorf("longestGap(%q, %q) = %v hours", first, second, hours)
		}
	})
}

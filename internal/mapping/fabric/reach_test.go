package fabric

import "testing"

func TestHostOf(t *testing.T) {
	for text, want := range map[string]string{
		"https://Lake.dfs.core.windows.net/raw/x":        "lake.dfs.core.windows.net",
		"srv.database.windows.net":                       "srv.database.windows.net",
		"tcp:srv.database.windows.net,1433":              "srv.database.windows.net",
		`MACHINE\INSTANCE`:                               "machine",
		"driver={PostgreSQL};server=pg.example.com;db=x": "pg.example.com",
		"Provider=SQLNCLI11;Data Source=onprem":          "onprem",
		"dsn=finance":                                    "",
		`C:\Users\me\a.xlsx`:                             "",
		`\\fileserver\share\a.csv`:                       "fileserver",
		"":                                               "",
	} {
		if got := hostOf(text); got != want {
			t.Errorf("hostOf(%q) = %q, want %q", text, got, want)
		}
	}
}

package finding

import (
	"encoding/json"
	"testing"
)

func TestStatementsAreNumbersAndParts(t *testing.T) {
	for name, sound := range map[Statement]bool{
		"1": true, "68": true, "19a": true, "19d": true,
		"19": false, "19e": false, "21a": false, "0": false, "69": false, "": false, "021": false, "2.5": false,
	} {
		if fault := name.Fault(); (fault == "") != sound {
			t.Errorf("%q: %q", name, fault)
		}
	}
}

func TestStatementsAreWrittenAsTheyAreRead(t *testing.T) {
	const text = `[21,"19a"]`
	var statements []Statement
	if err := json.Unmarshal([]byte(text), &statements); err != nil {
		t.Fatal(err)
	}
	if len(statements) != 2 || statements[0] != "21" || statements[1] != "19a" {
		t.Fatalf("got %q", statements)
	}
	if data, err := json.Marshal(statements); err != nil || string(data) != text {
		t.Errorf("got %s, %v", data, err)
	}
	if err := json.Unmarshal([]byte(`[true]`), &statements); err == nil {
		t.Error("true is taken for a statement")
	}
}

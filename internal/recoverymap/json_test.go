package recoverymap

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/drlint/drlint/internal/model"
)

func schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	file, err := os.Open("../../docs/map.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	document, err := jsonschema.UnmarshalJSON(file)
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("map.schema.json", document); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("map.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

// TestJSONFollowsItsSchema checks maps and nights of platforms that hold
// everything and of nothing.
func TestJSONFollowsItsSchema(t *testing.T) {
	compiled := schema(t)
	atlases := map[string]*Atlas{"retail": retail().atlas(), "large": large(60).atlas(), "hostile": hostilePlatform("\x1b</script>"), "empty": build("empty").atlas()}
	for platform, atlas := range atlases {
		t.Run(platform, func(t *testing.T) { conforms(t, compiled, atlas) })
	}
}

// conforms checks every JSON document of an atlas; those of the golden
// platforms are checked where these are read.
func conforms(t *testing.T, compiled *jsonschema.Schema, atlas *Atlas) {
	t.Helper()
	for name, text := range everything(t, atlas) {
		if !strings.HasPrefix(name, "json") {
			continue
		}
		instance, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := compiled.Validate(instance); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestTheSchemaRefuses: the schema says something.
func TestTheSchemaRefuses(t *testing.T) {
	compiled := schema(t)
	for _, text := range []string{
		`{}`,
		`{"version": 2, "tool": {"name": "drlint", "version": ""}, "platform": "p", "maps": [], "unread": []}`,
		`{"version": 1, "tool": {"name": "drlint", "version": ""}, "platform": "p", "maps": [{}], "unread": []}`,
		`{"version": 1, "tool": {"name": "drlint", "version": ""}, "platform": "p", "fault": "meteor", "chapters": [], "unread": []}`,
	} {
		instance, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if compiled.Validate(instance) == nil {
			t.Errorf("%s is accepted", text)
		}
	}
}

func TestJSONFigures(t *testing.T) {
	var got struct {
		Maps []struct {
			Groups []struct {
				Name   string
				Assets []struct {
					Name   string
					Faults map[string]cellDocument
					Worst  worstDocument
				}
			}
			Links []linkDocument
		}
	}
	if err := json.Unmarshal([]byte(everything(t, retail().atlas())["json"]), &got); err != nil {
		t.Fatal(err)
	}
	for _, g := range got.Maps[0].Groups {
		for _, a := range g.Assets {
			switch a.Name {
			case "stretaillake/raw-orders":
				c := a.Faults[string(model.OverwriteFault)]
				if c.Answer != "answered" || c.Mechanism != "azure.backup_data_lake" || *c.RPOHours != 24 || *c.WindowDays != 30 || c.RTO != "hours" || c.CopyIn != "northeurope" {
					t.Errorf("overwrite: got %+v", c)
				}
				if c := a.Faults[string(model.RegionFault)]; c.RPOHours != nil || c.RPOBasis != "none" {
					t.Errorf("region: got %+v", c)
				}
			case "retail":
				if c := a.Faults[string(model.RepositoryFault)]; !c.Forever || c.WindowDays != nil || a.Worst.RPO != "24 h" || *a.Worst.RPOHours != 24 || a.Worst.RTO != "hours" {
					t.Errorf("repo: got %+v, worst %+v", c, a.Worst)
				}
			}
		}
	}
	kinds := map[string]int{}
	for _, l := range got.Maps[0].Links {
		kinds[l.Kind]++
	}
	if kinds["flow"] != 13 || kinds["backed_up_by"] != 3 || kinds["replicates_to"] != 1 {
		t.Errorf("got %v", kinds)
	}
}

package datafactory

import (
	"strings"
	"testing"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/adf"
	"github.com/drlint/drlint/internal/syntax/jsonc"
)

func TestTargetOf(t *testing.T) {
	cases := []struct {
		in   string
		want target
	}{
		{"https://stlake.dfs.core.windows.net/", target{"stlake.dfs.core.windows.net", "stlake", ""}},
		{"https://StLake.blob.core.windows.net?sig=x", target{"stlake.blob.core.windows.net", "stlake", ""}},
		{"https://kv.vault.azure.net/", target{"kv.vault.azure.net", "kv", ""}},
		{"https://example.com/api", target{"example.com", "", ""}},
		{"BOX\\SQL", target{"box", "", ""}},
		{"sales.database.windows.net", target{"sales.database.windows.net", "sales", ""}},
		{"ws-ondemand.sql.azuresynapse.net", target{"ws-ondemand.sql.azuresynapse.net", "ws", ""}},
		{"Data Source=tcp:dw.database.windows.net,1433;Initial Catalog=dw;Password=a=b", target{"dw.database.windows.net", "dw", "dw"}},
		{"Server=40.1.2.3;Database=erp", target{"40.1.2.3", "", "erp"}},
		{"DefaultEndpointsProtocol=https;AccountName=StOld;EndpointSuffix=core.chinacloudapi.cn", target{"stold.blob.core.chinacloudapi.cn", "stold", ""}},
		{"AccountEndpoint=https://cosmos.documents.azure.com:443/;Database=shop", target{"cosmos.documents.azure.com", "cosmos", "shop"}},
		{"", target{}},
	}
	for _, c := range cases {
		if got := targetOf(c.in); got != c.want {
			t.Errorf("%q: %+v", c.in, got)
		}
	}
}

func TestReadQuery(t *testing.T) {
	cases := []struct {
		in   string
		want reading
	}{
		{"select * from dbo.orders", wholeReading},
		{"select * from dbo.orders where region = 'eu'", wholeReading},
		{"@concat('select * from ', pipeline().parameters.table)", wholeReading},
		{"select @{pipeline().parameters.columns} from dbo.orders", wholeReading},
		{"select * from dbo.orders @{pipeline().parameters.filter}", openReading},
		{"@pipeline().parameters.query", openReading},
		{"select * from a where d >= '@{formatDateTime(utcNow(),'yyyy')}'", windowReading},
		{"select * from a where d > dateadd(day,-1,current_timestamp)", windowReading},
		{"select getdate() as now, * from a", wholeReading},
		{"select * from cdc.fn_cdc_get_all_changes_dbo_a(@from, @to, 'all')", windowReading},
		{"select * from a where d > '@{activity('x').output.firstRow.y}'", watermarkReading},
		{"select * from a where d = '@{activity('x').output.firstRow.y}'", openReading},
		{"select * from a where @{pipeline().parameters.column} > 5", wholeReading},
		{"select * from a where @{pipeline().parameters.filter}", openReading},
		{"/* where */ select * from a -- where", wholeReading},
		{"", openReading},
	}
	for _, c := range cases {
		if got := readQuery(adf.Fold(c.in, source.Range{}, adf.Scope{})).reading; got != c.want {
			t.Errorf("%q: %d, want %d", c.in, got, c.want)
		}
	}
}

func TestOtherTable(t *testing.T) {
	sink := func(text string) adf.Result { return adf.Fold(text, source.Range{}, adf.Scope{}) }
	if otherTable("[dbo].[Orders]", sink("dbo.orders")) || !otherTable("stg.items", sink("dbo.orders")) || otherTable("dbo.x", sink("@item().table")) {
		t.Error("tables are compared by their last part, and not at all when one is unknown")
	}
}

func TestScriptStatements(t *testing.T) {
	v := resource.StringAt(source.Range{}, "source(output(a as string)) ~> A\nsource() ~> B\nA, B union(byName: true) ~> C\nC split(x > 1) ~> D@(big, small)\nD@big sink(truncate: true) ~> S")
	o := &object{r: &resource.Resource{}, props: members(source.Range{}, field("typeProperties", members(source.Range{}, field("script", v))))}
	s := scriptOf(o)
	if got := strings.Join(s.upstream("S"), " "); got != "D C A B" {
		t.Errorf("upstream %q", got)
	}
	if !s.option("S", "truncate") || s.option("C", "truncate") {
		t.Error("options belong to their statement")
	}
}

func TestJSONText(t *testing.T) {
	at := source.Range{File: "main.tf", Start: 5, End: 50}
	open := resource.Value{State: resource.Unknown, At: at, Why: "var.x has no default", Hint: `[{"name": "a\uFFFCb", "n": 1}]`}
	open.Hint = strings.ReplaceAll(open.Hint, `\uFFFC`, "\uFFFC")
	v := jsonText(open)
	if name := v.Items[0].Get("name"); !name.IsUnknown() || name.Why != open.Why || name.Hint != "a\uFFFCb" || name.At != at {
		t.Errorf("name %+v", name)
	}
	if v := jsonText(resource.StringAt(at, "{")); !v.IsUnknown() || v.Why != "it is not valid JSON" {
		t.Errorf("broken %+v", v)
	}
	if v := jsonText(resource.Value{State: resource.Unknown, At: at, Why: "no", Hint: "\uFFFC"}); v.Why != "no" {
		t.Errorf("unknown %+v", v)
	}
}

// pipelineOf builds a resource as a reader of some format would.
func pipelineOf(root, format, typ, name, body string) resource.Resource {
	file := strings.TrimSuffix(root, ".json") + "/" + name + ".json"
	attrs, _ := jsonc.Parse(file, []byte(`{"name": "`+name+`", "properties": `+body+`}`), jsonc.Options{})
	return resource.Resource{ID: root + "#" + name, Format: format, Type: typ, Mode: resource.Managed, Address: name, Root: root, Attrs: attrs,
		At: source.Range{File: file}, Body: source.Range{File: file}}
}

// TestPublishBranch maps what a publish branch repeats once, from the source.
func TestPublishBranch(t *testing.T) {
	const factories, empty = "Microsoft.DataFactory/factories/", `{"activities": []}`
	layout := resource.Resource{ID: "adf#git_layout", Type: layoutType, Mode: resource.Setting, Root: "adf", Address: "git_layout"}
	source := []resource.Resource{layout,
		pipelineOf("adf", "data-factory", factories+"pipelines", "Load", empty),
		pipelineOf("adf", "data-factory", factories+"linkedservices", "Lake", `{"type": "AzureBlobFS", "typeProperties": {"url": "https://a.dfs.core.windows.net"}}`)}
	whole := func(root string) []resource.Resource {
		return []resource.Resource{
			pipelineOf(root, "arm", factories+"pipelines", "Load", empty),
			pipelineOf(root, "arm", factories+"linkedServices", "LAKE", `{"type": "AzureBlobFS", "typeProperties": {"url": "https://a.dfs.core.windows.net"}}`)}
	}
	other := []resource.Resource{
		pipelineOf("other/azuredeploy.json", "arm", factories+"pipelines", "Load", empty),
		pipelineOf("other/azuredeploy.json", "arm", factories+"pipelines", "Own", empty),
		pipelineOf("other/azuredeploy.json", "arm", factories+"datasets", "Data", `{"type": "Json"}`),
	}
	cases := []struct {
		name      string
		resources [][]resource.Resource
		want      string
	}{
		{"template beside its source", [][]resource.Resource{source, whole("pub/ARMTemplateForFactory.json")}, "adf#Lake adf#Load"},
		{"pieces of a template", [][]resource.Resource{whole("pub/ARMTemplateForFactory.json"), whole("pub/linkedTemplates/ArmTemplate_0.json")},
			"pub/ARMTemplateForFactory.json#LAKE pub/ARMTemplateForFactory.json#Load"},
		{"pieces alone", [][]resource.Resource{whole("pub/linkedTemplates/ArmTemplate_0.json")},
			"pub/linkedTemplates/ArmTemplate_0.json#LAKE pub/linkedTemplates/ArmTemplate_0.json#Load"},
		{"another factory with one name in common", [][]resource.Resource{source, other}, "adf#Lake adf#Load other/azuredeploy.json#Load other/azuredeploy.json#Own"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var all []resource.Resource
			for _, part := range c.resources {
				all = append(all, part...)
			}
			m := draft.Build(sourceTree, all, Mappers())
			var got []string
			for _, a := range m.Assets {
				if a.Kind != model.Workspace {
					got = append(got, a.ID)
				}
			}
			if text := strings.Join(got, " "); text != c.want {
				t.Errorf("got %s\nwant %s", text, c.want)
			}
		})
	}
}

var sourceTree source.Tree

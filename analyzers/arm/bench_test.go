package arm

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/drlint/drlint/analyzers/analyzertest"
)

// BenchmarkTemplates evaluates templates of the size that Bicep compiles.
func BenchmarkTemplates(b *testing.B) {
	const resource = `{
      "type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-01-01",
      "name": "[format('{0}%d', toLower(parameters('name')))]", "location": "[parameters('location')]",
      "sku": { "name": "[parameters('sku')]" }, "kind": "StorageV2",
      "properties": { "isHnsEnabled": true, "minimumTlsVersion": "TLS1_2", "networkAcls": { "defaultAction": "Deny", "bypass": "AzureServices" } },
      "dependsOn": [ "[resourceId('Microsoft.Storage/storageAccounts', parameters('name'))]" ]
    }`
	var list []string
	for i := range 500 {
		list = append(list, fmt.Sprintf(resource, i))
	}
	text := inTemplate(`"parameters": { "name": {"type": "string"}, "location": {"type": "string", "defaultValue": "[resourceGroup().location]"}, "sku": {"type": "string", "defaultValue": "Standard_GRS"} }, "resources": [` + strings.Join(list, ",\n") + "]")
	files := fstest.MapFS{}
	for i := range 8 {
		files[fmt.Sprintf("%d/main.json", i)] = &fstest.MapFile{Data: []byte(text)}
	}
	tree := analyzertest.Tree(files)
	b.SetBytes(int64(len(text) * len(files)))
	b.ReportAllocs()
	for b.Loop() {
		if result := New().Analyze(context.Background(), tree, tree.Files); len(result.Resources) != 8*500 {
			b.Fatalf("%d resources", len(result.Resources))
		}
	}
}

// BenchmarkOtherJSON passes over files that are no templates.
func BenchmarkOtherJSON(b *testing.B) {
	data := []byte(`{"name": "data", "items": [` + strings.Repeat(`{"key": "value"}, `, 50_000) + `null]}`)
	files := fstest.MapFS{}
	for i := range 1000 {
		files[fmt.Sprintf("%d.json", i)] = &fstest.MapFile{Data: data}
	}
	tree := analyzertest.Tree(files)
	for b.Loop() {
		if result := New().Analyze(context.Background(), tree, tree.Files); result.Files != 0 {
			b.Fatal("a file is taken for a template")
		}
	}
}

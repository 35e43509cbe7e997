package bicep

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/drlint/drlint/internal/source"
)

// BenchmarkAnalyze evaluates a repository of 500 files: 100 roots, each with a
// parameter file and four calls of 20 shared modules.
func BenchmarkAnalyze(b *testing.B) {
	files := fstest.MapFS{}
	var tree source.Tree
	add := func(name, text string) {
		files[name] = &fstest.MapFile{Data: []byte(text)}
		tree.Files = append(tree.Files, name)
	}
	for m := range 20 {
		add(fmt.Sprintf("modules/m%02d.bicep", m), benchmarkModule)
	}
	for r := range 100 {
		var text strings.Builder
		text.WriteString("param env string = 'dev'\nvar prefix = 'acme-${env}'\n")
		for c := range 4 {
			fmt.Fprintf(&text, "module c%d '../../modules/m%02d.bicep' = {\n  name: 'c%d'\n  params: {\n    name: '${prefix}-%d'\n    containers: ['raw', 'curated']\n  }\n}\n", c, (r+c)%20, c, c)
		}
		add(fmt.Sprintf("roots/r%02d/main.bicep", r), text.String())
		add(fmt.Sprintf("roots/r%02d/main.parameters.prod.json", r), `{"parameters": {"env": {"value": "prod"}}}`)
	}
	tree.FS = files
	size := 0
	for _, file := range files {
		size += len(file.Data)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		if result := analyze(tree); len(result.Diagnostics) > 0 {
			b.Fatal(result.Diagnostics[0])
		}
	}
}

const benchmarkModule = `
param name string
param location string = resourceGroup().location
param containers array = []
param retention object = {
  days: 7
  enabled: true
}
param lock bool?

var clean = toLower(replace(name, '-', ''))

resource account 'Microsoft.Storage/storageAccounts@2023-01-01' = {
  name: take('st${clean}', 24)
  location: location
  sku: {
    name: contains(['westeurope', 'northeurope'], 'westeurope') ? 'Standard_GZRS' : 'Standard_LRS'
  }
  kind: 'StorageV2'
  tags: union({ name: name }, { owner: 'data' })
  properties: {
    isHnsEnabled: true
    minimumTlsVersion: 'TLS1_2'
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: 'Deny'
      ipRules: [for i in range(0, 4): {
        value: '10.0.0.${i}'
      }]
    }
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      deleteRetentionPolicy: retention
      isVersioningEnabled: lock ?? true
    }

    resource container 'containers' = [for c in containers: {
      name: c
    }]
  }
}

resource hold 'Microsoft.Authorization/locks@2020-05-01' = if (lock ?? true) {
  name: 'keep'
  scope: account
  properties: {
    level: 'CanNotDelete'
  }
}

output id string = account.id
output endpoint string = account.properties.primaryEndpoints.blob
`

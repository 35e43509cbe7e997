targetScope = 'resourceGroup'

@description('Where the platform lives.')
param location string = 'westeurope'

@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GZRS'])
param redundancy string

module lake 'modules/lake.bicep' = {
  name: 'lake'
  params: {
    name: 'stacmelake'
    location: location
    redundancy: redundancy
    stages: ['raw', 'enriched', 'curated']
  }
}

resource sql 'Microsoft.Sql/servers@2023-08-01' = {
  name: 'sql-acme-serving'
  location: location

  resource warehouse 'databases' = {
    name: 'warehouse'
    location: location
    sku: { name: 'S2', tier: 'Standard' }
    properties: { requestedBackupStorageRedundancy: 'Local' }
  }
}

resource factory 'Microsoft.DataFactory/factories@2018-06-01' = {
  name: 'adf-acme'
  location: location
}

output lakeId string = lake.outputs.id

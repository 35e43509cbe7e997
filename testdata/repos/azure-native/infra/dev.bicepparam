using 'main.bicep'

param redundancy = 'Standard_LRS'

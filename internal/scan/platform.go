package scan

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/stage"
)

// products are the beginnings of resource types that only a data platform has:
// pipelines, warehouses, catalogues, notebooks.
var products = []string{
	"aws_athena_", "aws_dms_", "aws_emr_", "aws_glue_", "aws_kinesis_firehose_", "aws_lakeformation_", "aws_mwaa_", "aws_redshift", "aws_quicksight_",
	"azurerm_data_factory", "azurerm_databricks_", "azurerm_kusto_", "azurerm_stream_analytics_", "azurerm_synapse_", "azurerm_purview_",
	"databricks_", "fabric_", "snowflake_",
	"microsoft.datafactory/", "microsoft.synapse/", "microsoft.databricks/", "microsoft.kusto/", "microsoft.streamanalytics/", "microsoft.purview/", "microsoft.fabric/",
	"google_bigquery_", "google_composer_", "google_data_fusion_", "google_dataflow_", "google_dataform_", "google_dataplex_", "google_dataproc_",
}

// platformStages are the stages that make a store part of a data platform.
// Archives, caches and scratch space exist everywhere.
var platformStages = []model.Stage{model.Raw, model.Enriched, model.Curated, model.Presentation, model.Modeled, model.ModelStore}

// describePlatform decides whether this is a data platform: stores with a stage
// of data, data lakes by name, or its typical products. Examples and tests of a
// library do not make one.
func describePlatform(m *model.Model, o Options, resources []resource.Resource) {
	m.Platform.Name = cmp.Or(o.PlatformName, o.Tree.Name)
	m.Platform.Basis = basis(m, resources)
	m.Platform.DataPlatform = len(m.Platform.Basis) > 0
	if o.DataPlatform != nil {
		m.Platform.DataPlatform = *o.DataPlatform
	}
}

// basis names up to three things that make the repository a data platform.
func basis(m *model.Model, resources []resource.Resource) (found []string) {
	for _, a := range m.Assets {
		if demonstrates(a.At.File, a.Root) {
			continue
		}
		for _, s := range a.Stages {
			if s.Confidence != model.Low && slices.Contains(platformStages, s.Stage) {
				found = append(found, a.Address+" holds "+string(s.Stage)+" data")
			}
		}
		if (a.Kind == model.ObjectStore || a.Kind == model.Container) && slices.ContainsFunc([]string{a.Name.Text(), a.NameHint, a.Address}, stage.NamesLake) {
			found = append(found, a.Address+" is a data lake by its name")
		}
	}
	for i := range resources {
		r := &resources[i]
		if r.Mode == resource.Managed && !demonstrates(r.At.File, r.Root) && slices.ContainsFunc(products, func(p string) bool { return strings.HasPrefix(strings.ToLower(r.Type), p) }) {
			found = append(found, r.Address)
		}
	}
	slices.Sort(found)
	found = slices.Compact(found)
	return found[:min(3, len(found))]
}

// demonstrates reports whether a block lies in a directory of examples or tests,
// or is evaluated from one: a module library deploys itself in its tests.
func demonstrates(file, root string) bool {
	return source.Demonstrates(path.Dir(file)) || source.Demonstrates(root)
}

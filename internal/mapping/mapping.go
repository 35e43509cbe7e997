// Package mapping turns resources of every format into the model of the
// platform. Each provider's package maps its services, one file a service.
package mapping

import (
	"slices"

	"github.com/drlint/drlint/internal/mapping/aws"
	"github.com/drlint/drlint/internal/mapping/azure"
	"github.com/drlint/drlint/internal/mapping/databricks"
	"github.com/drlint/drlint/internal/mapping/datafactory"
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/mapping/fabric"
	"github.com/drlint/drlint/internal/mapping/git"
	"github.com/drlint/drlint/internal/mapping/google"
	"github.com/drlint/drlint/internal/mapping/terraform"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// Mappers lists the mappers of every provider.
func Mappers() []draft.Mapper {
	return slices.Concat(aws.Mappers(), azure.Mappers(), google.Mappers(), git.Mappers(), terraform.Mappers(), datafactory.Mappers(), databricks.Mappers(), fabric.Mappers())
}

// Build maps and links the resources of a scan.
func Build(tree source.Tree, resources []resource.Resource) *model.Model {
	return draft.Build(tree, resources, Mappers())
}

package datafactory

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/resource"
)

// shape is the content of a file.
type shape struct {
	body, properties resource.Value
}

func shapeOf(body resource.Value) shape { return shape{body: body, properties: body.Get("properties")} }

// object reports whether a member of the properties is an object.
func (s shape) object(name string) bool {
	v := s.properties.Get(name)
	return v.IsKnown() && v.Kind == resource.Object
}

// typ is properties.type, "" without one.
func (s shape) typ() string {
	text, _ := s.properties.Get("type").AsString()
	return text
}

// fabricOnly are activities that pipelines of Microsoft Fabric have and those of
// Data Factory do not: their JSON is otherwise alike.
var fabricOnly = []string{"TridentNotebook", "InvokePipeline", "InvokeFabricPipeline", "RefreshDataflow", "PBISemanticModelRefresh"}

// isPipeline leaves pipelines of Fabric alone, which scripts push from a folder
// of the same name.
func (s shape) isPipeline() bool {
	v := s.properties.Get("activities")
	if !v.IsKnown() || v.Kind != resource.List {
		return false
	}
	return !slices.ContainsFunc(v.Items, func(activity resource.Value) bool {
		name, _ := activity.Get("type").AsString()
		return slices.Contains(fabricOnly, name)
	})
}

func (s shape) isDataset() bool { return s.typ() != "" && s.object("linkedServiceName") }

func (s shape) isLinkedService() bool {
	return s.typ() != "" && s.object("typeProperties") && !s.object("linkedServiceName")
}

func (s shape) isTrigger() bool { return strings.HasSuffix(s.typ(), "Trigger") }

func (s shape) isRuntime() bool { return s.typ() == "SelfHosted" || s.typ() == "Managed" }

func (s shape) isDataFlow() bool {
	return slices.Contains([]string{"MappingDataFlow", "WranglingDataFlow", "Flowlet"}, s.typ())
}

func (s shape) isNotebook() bool {
	return !s.properties.Get("nbformat").IsAbsent() || !s.properties.Get("cells").IsAbsent()
}

func (s shape) isScript() bool { return s.object("content") }

func (s shape) isSparkJob() bool { return s.object("jobProperties") || s.object("targetBigDataPool") }

func (s shape) isCredential() bool {
	return s.typ() == "ManagedIdentity" || s.typ() == "ServicePrincipal"
}

func (s shape) isNamed() bool {
	return s.body.Get("name").IsKnown() && s.properties.IsKnown() && s.properties.Kind == resource.Object
}

// isFactory leaves out the ARM templates that people keep in such a folder.
func (s shape) isFactory() bool {
	return s.body.Get("name").IsKnown() && s.body.Get("resources").IsAbsent() &&
		(s.body.Get("location").IsKnown() || s.object("globalParameters") || s.object("globalConfigurations"))
}

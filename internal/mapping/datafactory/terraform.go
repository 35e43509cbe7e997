package datafactory

import (
	"strings"

	"github.com/drlint/drlint/internal/resource"
)

// form reads the properties of an object, in the ARM shape, out of a Terraform
// resource. Places stay those of the Terraform attributes.
type form struct {
	kind string
	read func(*resource.Resource) resource.Value
}

// terraformForms are the resources of azurerm that carry parts of a factory
// (azurerm documentation, data_factory_* and synapse_*).
var terraformForms = makeTerraformForms()

func makeTerraformForms() map[string]form {
	forms := map[string]form{
		"azurerm_data_factory_pipeline":                        {pipelineKind, terraformPipeline},
		"azurerm_data_factory_trigger_schedule":                {triggerKind, scheduleTrigger},
		"azurerm_data_factory_trigger_tumbling_window":         {triggerKind, windowTrigger},
		"azurerm_data_factory_trigger_blob_event":              {triggerKind, eventTrigger("BlobEventsTrigger")},
		"azurerm_data_factory_trigger_custom_event":            {triggerKind, eventTrigger("CustomEventsTrigger")},
		"azurerm_data_factory_integration_runtime_azure":       {runtimeKind, managedRuntime},
		"azurerm_data_factory_integration_runtime_azure_ssis":  {runtimeKind, managedRuntime},
		"azurerm_data_factory_integration_runtime_managed":     {runtimeKind, managedRuntime},
		"azurerm_synapse_integration_runtime_azure":            {runtimeKind, managedRuntime},
		"azurerm_data_factory_integration_runtime_self_hosted": {runtimeKind, selfHostedRuntime},
		"azurerm_synapse_integration_runtime_self_hosted":      {runtimeKind, selfHostedRuntime},
		"azurerm_data_factory_data_flow":                       {dataFlowKind, terraformDataFlow},
		"azurerm_data_factory_custom_dataset":                  {datasetKind, customDataset},
		"azurerm_data_factory_linked_custom_service":           {linkKind, customLink},
		"azurerm_synapse_linked_service":                       {linkKind, customLink},
	}
	for name, connector := range terraformLinks {
		forms["azurerm_data_factory_linked_service_"+name] = form{linkKind, linkOf(connector)}
	}
	for name, typ := range terraformDatasets {
		forms["azurerm_data_factory_dataset_"+name] = form{datasetKind, datasetOf(typ)}
	}
	return forms
}

// members builds an object; absent members are left out.
func members(at sourceRange, fields ...resource.Field) resource.Value {
	v := resource.ObjectAt(at)
	for _, field := range fields {
		if field.Value.State != resource.Absent {
			v.Fields = append(v.Fields, field)
		}
	}
	return v
}

func field(name string, v resource.Value) resource.Field {
	return resource.Field{Name: name, At: v.At, Value: v}
}

func word(at sourceRange, text string) resource.Value { return resource.StringAt(at, text) }

// namedReference builds a reference by name.
func namedReference(v resource.Value, parameters ...resource.Field) resource.Value {
	if v.State == resource.Absent {
		return v
	}
	return members(v.At, append([]resource.Field{field("referenceName", v)}, parameters...)...)
}

// lastSegment takes the name out of a resource ID.
func lastSegment(v resource.Value) resource.Value {
	if text, ok := v.AsString(); ok {
		v.Text = text[strings.LastIndexByte(text, '/')+1:]
	}
	return v
}

// parameterDefaults turns a map of names to defaults into declarations.
func parameterDefaults(v resource.Value) resource.Value {
	declared := resource.ObjectAt(v.At)
	declared.State = v.State
	declared.Why = v.Why
	for _, f := range v.Fields {
		value := f.Value
		if text, ok := value.AsString(); ok && text == "" {
			// azurerm needs a value for every parameter; an empty one stands
			// for a parameter without default.
			value = resource.Value{At: value.At}
		}
		declared.Fields = append(declared.Fields, resource.Field{Name: f.Name, At: f.At, Value: members(f.At, field("defaultValue", value))})
	}
	return declared
}

func terraformPipeline(r *resource.Resource) resource.Value {
	return members(r.At,
		field("activities", jsonText(r.Attrs.Get("activities_json"))),
		field("parameters", parameterDefaults(r.Attrs.Get("parameters"))),
		field("variables", parameterDefaults(r.Attrs.Get("variables"))),
	)
}

// startedPipelines lists what a trigger starts: blocks, or a name alone.
func startedPipelines(r *resource.Resource) resource.Value {
	list := resource.ListAt(r.At)
	add := func(name, parameters resource.Value) {
		if name.State != resource.Absent {
			list.Items = append(list.Items, members(name.At, field("pipelineReference", namedReference(name)), field("parameters", parameters)))
		}
	}
	for _, block := range r.Attrs.Get("pipeline").Blocks() {
		add(block.Get("name"), block.Get("parameters"))
	}
	add(r.Attrs.Get("pipeline_name"), r.Attrs.Get("pipeline_parameters"))
	return list
}

// runtimeState is what activated means; triggers are started by default
// (azurerm documentation, data_factory_trigger_schedule: activated).
func runtimeState(r *resource.Resource) resource.Value {
	v := r.Attrs.Get("activated")
	activated, ok := v.AsBool()
	switch {
	case v.IsAbsent():
		return word(r.At, "Started")
	case !ok:
		return v
	case activated:
		return word(v.At, "Started")
	default:
		return word(v.At, "Stopped")
	}
}

func trigger(r *resource.Resource, typ string, properties resource.Value) resource.Value {
	return members(r.At, field("type", word(r.At, typ)), field("runtimeState", runtimeState(r)),
		field("pipelines", startedPipelines(r)), field("typeProperties", properties))
}

// recurrence reads when a trigger runs; azurerm's default is every minute.
func recurrence(r *resource.Resource) resource.Value {
	frequency := r.Attrs.Get("frequency")
	if frequency.IsAbsent() {
		frequency = word(r.At, "Minute")
	}
	block := r.Attrs.Get("schedule").Block()
	schedule := members(block.At, field("hours", block.Get("hours")), field("minutes", block.Get("minutes")),
		field("weekDays", block.Get("days_of_week")), field("monthDays", block.Get("days_of_month")))
	return members(r.At, field("frequency", frequency), field("interval", r.Attrs.Get("interval")),
		field("endTime", r.Attrs.Get("end_time")), field("schedule", schedule))
}

func scheduleTrigger(r *resource.Resource) resource.Value {
	return trigger(r, "ScheduleTrigger", members(r.At, field("recurrence", recurrence(r))))
}

func windowTrigger(r *resource.Resource) resource.Value {
	return trigger(r, "TumblingWindowTrigger", recurrence(r))
}

func eventTrigger(typ string) func(*resource.Resource) resource.Value {
	return func(r *resource.Resource) resource.Value { return trigger(r, typ, resource.ObjectAt(r.At)) }
}

// managedRuntime reads an Azure runtime.
func managedRuntime(r *resource.Resource) resource.Value {
	return members(r.At, field("type", word(r.At, "Managed")), field("typeProperties",
		members(r.At, field("computeProperties", members(r.At, field("location", r.Attrs.Get("location")))))))
}

func selfHostedRuntime(r *resource.Resource) resource.Value {
	return members(r.At, field("type", word(r.At, "SelfHosted")))
}

func terraformDataFlow(r *resource.Resource) resource.Value {
	ends := func(name string) resource.Value {
		list := resource.ListAt(r.At)
		for _, block := range r.Attrs.Get(name).Blocks() {
			dataset := block.Path("dataset")
			link := block.Path("linked_service")
			list.Items = append(list.Items, members(block.At, field("name", block.Get("name")),
				field("dataset", namedReference(dataset.Get("name"), field("parameters", dataset.Get("parameters")))),
				field("linkedService", namedReference(link.Get("name"), field("parameters", link.Get("parameters"))))))
		}
		return list
	}
	return members(r.At, field("type", word(r.At, "MappingDataFlow")), field("typeProperties", members(r.At,
		field("sources", ends("source")), field("sinks", ends("sink")),
		field("script", r.Attrs.Get("script")), field("scriptLines", r.Attrs.Get("script_lines")))))
}

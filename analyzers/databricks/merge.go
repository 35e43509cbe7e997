package databricks

import (
	"slices"

	"github.com/drlint/drlint/internal/resource"
)

// listKeys are the lists whose items are merged when they have the same key, as
// databricks/cli does (bundle/config/mutator: MergeJobTasks, MergeJobClusters,
// MergeJobParameters, MergePipelineClusters). Other lists are joined.
var listKeys = map[string]string{
	"tasks": "task_key", "job_clusters": "job_cluster_key", "environments": "environment_key",
	"parameters": "name", "clusters": "label",
}

// merge lays one value over another: objects member by member, lists one after
// the other, and for everything else the upper value counts.
func merge(lower, upper resource.Value, name string) resource.Value {
	switch {
	case upper.IsAbsent():
		return lower
	case isObject(lower) && isObject(upper):
		merged := lower
		merged.Fields = slices.Clone(lower.Fields)
		for _, field := range upper.Fields {
			merged.Fields = mergeField(merged.Fields, field)
		}
		return merged
	case isList(lower) && isList(upper):
		merged := lower
		merged.Items = mergeItems(lower.Items, upper.Items, listKeys[name])
		return merged
	default:
		return upper
	}
}

func mergeField(fields []resource.Field, field resource.Field) []resource.Field {
	at := slices.IndexFunc(fields, func(f resource.Field) bool { return f.Name == field.Name })
	if at < 0 {
		return append(fields, field)
	}
	fields[at].Value = merge(fields[at].Value, field.Value, field.Name)
	return fields
}

func mergeItems(lower, upper []resource.Value, key string) []resource.Value {
	merged := slices.Clone(lower)
	for _, item := range upper {
		name, ok := item.Get(key).AsString()
		at := slices.IndexFunc(merged, func(v resource.Value) bool {
			other, known := v.Get(key).AsString()
			return key != "" && ok && known && other == name
		})
		if at < 0 {
			merged = append(merged, item)
		} else {
			merged[at] = merge(merged[at], item, "")
		}
	}
	return merged
}

// with returns an object with a member replaced or added.
func with(object resource.Value, field resource.Field) resource.Value {
	object.Fields = slices.Clone(object.Fields)
	if at := slices.IndexFunc(object.Fields, func(f resource.Field) bool { return f.Name == field.Name }); at >= 0 {
		object.Fields[at] = field
	} else {
		object.Fields = append(object.Fields, field)
	}
	return object
}

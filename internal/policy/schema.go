package policy

// rootSchema describes the input of a rule; the compiler checks every reference
// of a rule against it. by_id and settings have keys that only a scan knows,
// so references below them are not checked.
func rootSchema() schema { return inputShape.schema() }

// Schema returns the JSON schema of what rules see as input.
func Schema() map[string]any {
	root := rootSchema()
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["title"] = "Input of a drlint rule"
	return root
}

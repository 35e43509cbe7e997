package finding

import "fmt"

// Setting is one number, text, switch or list that users may change for a rule.
type Setting struct {
	Name        string `json:"name"`
	Description string `json:"description"`
	// Default is a float64, string, bool or []any, as JSON decodes them; it
	// fixes the type of every other value.
	Default any `json:"default"`
}

// Setting returns the rule's setting of a name.
func (r *Rule) Setting(name string) (Setting, bool) {
	for _, s := range r.Settings {
		if s.Name == name {
			return s, true
		}
	}
	return Setting{}, false
}

// Check reports why a value cannot stand for the setting. Whole numbers of any
// Go type count as numbers.
func (s Setting) Check(value any) error {
	want, got := typeOf(s.Default), typeOf(value)
	if want != got {
		return fmt.Errorf("%s is a %s, not a %s", s.Name, want, got)
	}
	return nil
}

func typeOf(value any) string {
	switch value.(type) {
	case string:
		return "text"
	case bool:
		return "boolean"
	case int, int64, uint64, float64:
		return "number"
	case []any, []string:
		return "list"
	case nil:
		return "null"
	default:
		return "mapping"
	}
}

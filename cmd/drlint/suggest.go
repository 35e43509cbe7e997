package main

import (
	"strings"

	"github.com/drlint/drlint/internal/config"
)

// unknownValue is the usage error for a value that is none of the known ones:
// it lists them and says which one was probably meant.
func unknownValue(option, value string, known []string) error {
	return usage("%s cannot be %q: it is one of %s%s", option, value, strings.Join(known, ", "), meant(value, known))
}

// meant completes a message with the known name that is nearest, if any is near.
func meant(value string, known []string) string {
	if nearest := config.Nearest(value, known); nearest != "" {
		return "; did you mean " + nearest + "?"
	}
	return ""
}

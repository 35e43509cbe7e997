package config

import (
	"fmt"
	"strings"

	"github.com/agext/levenshtein"
)

// Nearest is the known name that somebody who wrote another one most likely
// meant; empty when none is near.
func Nearest(name string, known []string) string {
	const swapped = 3 // two letters of a short word that changed places are still near
	best, distance := "", max(swapped, len(name)/2+1)
	for _, candidate := range known {
		if d := levenshtein.Distance(name, candidate, nil); d < distance {
			best, distance = candidate, d
		}
	}
	return best
}

// DidYouMean completes a message with the nearest of the known names, or lists
// them when none is near; "" when there are none.
func DidYouMean(name string, known []string) string {
	best := Nearest(name, known)
	switch {
	case best != "":
		return fmt.Sprintf("did you mean %q?", best)
	case len(known) > 0 && len(known) <= 12:
		return "known are " + strings.Join(known, ", ")
	default:
		return ""
	}
}

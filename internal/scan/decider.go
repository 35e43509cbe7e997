package scan

import (
	"path"
	"regexp"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/source"
)

var (
	// keys tell the instances of one block apart.
	keys = regexp.MustCompile(`\[[^\]]*\]`)
	// moduleStep is one call in an address of Terraform.
	moduleStep = regexp.MustCompile(`^module\.[^.]+\.`)
)

// scanned stands for the repository itself, whose name is that of a directory
// where it has no remote.
const scanned = "repository"

// itself reports whether an asset is the scanned repository.
func itself(a *model.Asset) bool { return a.Settings["self"].Tri() == model.Yes }

// decider is the address of an asset as the text that decides about it knows it.
// The text of a module is the same in all of its calls, and that of a block in all
// of its instances: which of them there are says nothing about the text.
func decider(held *model.Asset, at source.Range) string {
	if itself(held) {
		return scanned
	}
	address := keys.ReplaceAllString(held.Address, "")
	for _, call := range held.Via {
		if path.Dir(call.File) == path.Dir(at.File) {
			break // the text lies beside the call, and names it
		}
		address = address[len(moduleStep.FindString(address)):]
	}
	return address
}

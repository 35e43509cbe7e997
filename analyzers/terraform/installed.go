package terraform

import (
	"encoding/json"
	"path"

	"github.com/drlint/drlint/internal/guard"
	"github.com/drlint/drlint/internal/source"
)

// installed maps the call paths of a root module ("lake.buckets") to the
// directories into which terraform init copied their modules.
type installed map[string]string

// readInstalled reads the manifest that terraform init writes. A manifest that
// is missing or broken is no finding: it is a cache.
func readInstalled(tree source.Tree, root string) installed {
	data, problem := guard.Read(tree.FS, path.Join(root, ".terraform/modules/modules.json"), guard.JSON)
	if problem != nil {
		return nil
	}
	var manifest struct {
		Modules []struct{ Key, Dir string }
	}
	if json.Unmarshal(data, &manifest) != nil {
		return nil
	}
	found := installed{}
	for _, entry := range manifest.Modules {
		if dir, ok := join(root, path.Clean(entry.Dir)); ok && entry.Key != "" && !path.IsAbs(entry.Dir) {
			found[entry.Key] = dir
		}
	}
	return found
}

package arm

import (
	"bytes"
	"context"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/source"
)

// prefixLength is how much of a JSON file is looked at to tell what it is.
const prefixLength = 4096

// nature is what the beginning of a file says that it is.
type nature uint8

const (
	otherJSON nature = iota
	template
	parameters
	compiled // a template that Bicep made of a source that is at hand
	split    // a part of a template that Data Factory publishes in one piece too
)

var (
	schemaPattern    = regexp.MustCompile(`"\$schema"\s*:\s*"([^"]*)"`)
	versionPattern   = regexp.MustCompile(`"contentVersion"\s*:`)
	sectionPattern   = regexp.MustCompile(`"(resources|parameters|variables)"\s*:`)
	generatorPattern = regexp.MustCompile(`"_generator"\s*:\s*\{\s*"name"\s*:\s*"bicep"`)
)

// natureOf tells templates and parameter files from other JSON by their schema,
// or, without one, by the members that every template has.
func natureOf(prefix []byte) nature {
	if !bytes.Contains(prefix, []byte(`"$schema"`)) && !bytes.Contains(prefix, []byte(`"contentVersion"`)) {
		return otherJSON
	}
	if match := schemaPattern.FindSubmatch(prefix); match != nil {
		schema := strings.ToLower(string(match[1]))
		switch {
		case strings.Contains(schema, "deploymentparameters.json"):
			return parameters
		case strings.Contains(schema, "deploymenttemplate.json"):
			return template
		default:
			return otherJSON
		}
	}
	if versionPattern.Match(prefix) && sectionPattern.Match(prefix) {
		return template
	}
	return otherJSON
}

// sniffed is a file of the scan that concerns this analyzer.
type sniffed struct {
	file   string
	nature nature
}

// sniffAll reads the beginnings of files and keeps those that matter, in order.
func sniffAll(ctx context.Context, tree source.Tree, files []string) []sniffed {
	natures := make([]nature, len(files))
	const batch = 64
	parallel((len(files)+batch-1)/batch, func(i int) {
		buffer := make([]byte, prefixLength)
		for j := i * batch; j < min((i+1)*batch, len(files)) && ctx.Err() == nil; j++ {
			natures[j] = sniff(tree, files[j], buffer)
		}
	})
	var found []sniffed
	for i, kind := range natures {
		if kind != otherJSON {
			found = append(found, sniffed{files[i], kind})
		}
	}
	return withoutParts(found)
}

// withoutParts marks the linked templates that publishing a Data Factory writes
// below the template that holds everything: they say the same once more.
func withoutParts(found []sniffed) []sniffed {
	whole := map[string]bool{}
	for _, f := range found {
		whole[path.Dir(f.file)] = whole[path.Dir(f.file)] || f.nature == template
	}
	for i, f := range found {
		dir, name := path.Split(f.file)
		dir = path.Clean(dir)
		published := strings.EqualFold(path.Base(dir), "linkedTemplates") && strings.HasPrefix(strings.ToLower(name), "armtemplate")
		if published && whole[path.Dir(dir)] {
			found[i].nature = split
		}
	}
	return found
}

// sniff needs no diagnostics: a file that cannot be read is no template, as far
// as anybody can tell.
func sniff(tree source.Tree, file string, buffer []byte) nature {
	opened, err := tree.FS.Open(file)
	if err != nil {
		return otherJSON
	}
	defer func() { _ = opened.Close() }()
	length, _ := io.ReadFull(opened, buffer)
	prefix := buffer[:length]
	kind := natureOf(prefix)
	if kind == template && generatorPattern.Match(prefix) && bicepSource(tree, file) != "" {
		return compiled
	}
	return kind
}

// bicepSource returns the Bicep file that a compiled template comes from: the
// one of the same name beside it, or main.bicep for azuredeploy.json, as it is
// called in the quickstart templates.
func bicepSource(tree source.Tree, file string) string {
	base := strings.TrimSuffix(file, path.Ext(file))
	candidates := []string{base + ".bicep"}
	if strings.EqualFold(path.Base(base), "azuredeploy") {
		candidates = append(candidates, path.Join(path.Dir(file), "main.bicep"))
	}
	for _, candidate := range candidates {
		if _, found := slices.BinarySearch(tree.Files, candidate); found {
			return candidate
		}
	}
	return ""
}

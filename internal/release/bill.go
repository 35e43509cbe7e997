package main

import (
	"bytes"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"time"
)

// self is the module that is released.
const self = "github.com/drlint/drlint"

// bill is a bill of materials, CycloneDX 1.6, with the members that are used
// here.
type bill struct {
	Schema       string       `json:"$schema"`
	Format       string       `json:"bomFormat"`
	Spec         string       `json:"specVersion"`
	Serial       string       `json:"serialNumber"`
	Version      int          `json:"version"`
	Metadata     metadata     `json:"metadata"`
	Components   []component  `json:"components"`
	Dependencies []dependency `json:"dependencies"`
}

type metadata struct {
	Timestamp string    `json:"timestamp"`
	Component component `json:"component"`
}

type component struct {
	Ref        string     `json:"bom-ref"`
	Type       string     `json:"type"`
	Name       string     `json:"name"`
	Version    string     `json:"version"`
	Hashes     []hash     `json:"hashes,omitempty"`
	Licences   []licence  `json:"licenses,omitempty"`
	Purl       string     `json:"purl"`
	Properties []property `json:"properties,omitempty"`
}

type hash struct {
	Algorithm string `json:"alg"`
	Content   string `json:"content"`
}

type licence struct {
	Licence struct {
		ID string `json:"id"`
	} `json:"license"`
}

type property struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type dependency struct {
	Ref       string   `json:"ref"`
	DependsOn []string `json:"dependsOn,omitempty"`
}

// billOf lists what the Go linker put into a binary, as the binary itself tells.
func billOf(j job, notices []notice) ([]byte, error) {
	info, err := buildinfo.ReadFile(j.binary)
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(j.binary)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(data)
	licences := map[string][]string{}
	for _, n := range notices {
		licences[n.path] = n.licences
	}
	program := part("application", self, j.version, licences[self])
	program.Hashes = []hash{{"SHA-256", hex.EncodeToString(sum[:])}}
	b := bill{
		Schema: "http://cyclonedx.org/schema/bom-1.6.schema.json", Format: "CycloneDX", Spec: "1.6", Serial: serial(sum), Version: 1,
		Metadata: metadata{Timestamp: j.built.Format(time.RFC3339), Component: program},
	}
	if b.Components, err = components(info, licences); err != nil {
		return nil, err
	}
	own := dependency{Ref: program.Ref}
	for _, c := range b.Components {
		own.DependsOn = append(own.DependsOn, c.Ref)
		b.Dependencies = append(b.Dependencies, dependency{Ref: c.Ref})
	}
	b.Dependencies = append([]dependency{own}, b.Dependencies...)
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err = encoder.Encode(b)
	return out.Bytes(), err
}

// components are the modules of a binary and the standard library, by name.
func components(info *debug.BuildInfo, licences map[string][]string) ([]component, error) {
	all := []component{part("library", "std", strings.TrimPrefix(info.GoVersion, "go"), []string{"BSD-3-Clause"})}
	for _, m := range info.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		if licences[m.Path] == nil {
			return nil, fmt.Errorf("%s is in the binary and not in the list of modules", m.Path)
		}
		c := part("library", m.Path, m.Version, licences[m.Path])
		c.Properties = []property{{"golang:h1", m.Sum}}
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b component) int { return strings.Compare(a.Ref, b.Ref) })
	return all, nil
}

// part describes a module; the standard library is the module std.
func part(kind, path, version string, licences []string) component {
	url := "pkg:golang/" + path + "@" + version
	c := component{Ref: url, Type: kind, Name: path, Version: version, Purl: url}
	for _, id := range licences {
		var l licence
		l.Licence.ID = id
		c.Licences = append(c.Licences, l)
	}
	return c
}

// serial is a UUID of the binary's content, so that it changes only with it.
func serial(sum [sha256.Size]byte) string {
	id := sum[:16]
	id[6], id[8] = id[6]&0x0f|0x80, id[8]&0x3f|0x80 // version 8, of its own making
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:])
}

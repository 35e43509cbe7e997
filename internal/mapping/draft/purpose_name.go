package draft

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/stage"
)

// certainNames are names, or pairs of words in them, that services and tools give
// to stores of their own; they outweigh a word that sounds like a stage.
var certainNames = map[string]string{
	"tfstate": PurposeState, "terraform state": PurposeState, "tf state": PurposeState,
	"bootdiag": PurposeBoot, "bootdiagnostics": PurposeBoot, "boot diagnostics": PurposeBoot, "boot diag": PurposeBoot,
	"insights logs": PurposeDiagnostics, "insights metrics": PurposeDiagnostics, // containers of Azure Monitor
	"azure webjobs": PurposeFunctions, "scm releases": PurposeFunctions, // containers of Azure Functions
	"function app": PurposeFunctions, "functionapp": PurposeFunctions, "funcapp": PurposeFunctions,
	"codepipeline": PurposeArtifacts, "codebuild": PurposeArtifacts, "cloudbuild": PurposeArtifacts,
}

// likelyNames are words that say what a store is for unless another word of its
// name is that of a stage: a lake may hold raw logs.
var likelyNames = map[string]string{
	"log": PurposeLogs, "logs": PurposeLogs, "logging": PurposeLogs, "accesslogs": PurposeLogs, "flowlogs": PurposeLogs,
	"auditlogs": PurposeLogs, "cloudtrail": PurposeLogs,
	"diag": PurposeDiagnostics, "diags": PurposeDiagnostics, "diagnostic": PurposeDiagnostics, "diagnostics": PurposeDiagnostics,
	"func": PurposeFunctions, "function": PurposeFunctions, "functions": PurposeFunctions,
	"cdn": PurposeSite, "www": PurposeSite, "website": PurposeSite, "staticsite": PurposeSite, "static site": PurposeSite, "static website": PurposeSite,
	"artifact": PurposeArtifacts, "artifacts": PurposeArtifacts, "artefacts": PurposeArtifacts,
}

// wholeNames are reserved by Azure Storage.
var wholeNames = map[string]string{"$web": PurposeSite, "$logs": PurposeLogs, "$blobchangefeed": PurposeLogs}

// joinedNames may stand unseparated at the end of a storage account's name, which
// allows no separators, and certain ones anywhere in it.
var joinedNames = []string{"tfstate", "bootdiagnostics", "bootdiag", "diagnostics", "diag", "functionapp", "funcapp", "func", "logs", "artifacts"}

// tagKeys are the tags that say what a store is for, and tagWords what they say.
var (
	tagKeys  = []string{"purpose", "usage", "use", "used-for", "role"}
	tagWords = map[string]string{
		"logs": PurposeLogs, "logging": PurposeLogs, "access-logs": PurposeLogs, "audit-logs": PurposeLogs,
		"diagnostics": PurposeDiagnostics, "boot-diagnostics": PurposeBoot,
		"functions": PurposeFunctions, "function-app": PurposeFunctions, "functionapp": PurposeFunctions,
		"static-site": PurposeSite, "static-website": PurposeSite, "website": PurposeSite, "cdn": PurposeSite,
		"artifacts": PurposeArtifacts, "build-artifacts": PurposeArtifacts, "deployment": PurposeArtifacts,
		"terraform-state": PurposeState, "tfstate": PurposeState, "terraform": PurposeState,
	}
)

// weighPurposes gives a purpose to the stores whose tags or names tell one. A tag
// is explicit, what other resources do with the store comes next, a name last.
func (d *Draft) weighPurposes() {
	inner := map[string][]*model.Asset{}
	for _, a := range d.byKind[model.Container] {
		inner[a.Within] = append(inner[a.Within], a)
	}
	for _, a := range slices.Concat(d.byKind[model.ObjectStore], d.byKind[model.Container]) {
		if purpose := taggedPurpose(a); purpose != "" {
			d.Set(a, "purpose", model.KnownFact(purpose, a.At))
		} else if a.Settings["purpose"].State != model.Known {
			d.namePurpose(a, inner[a.ID])
		}
	}
}

func taggedPurpose(a *model.Asset) string {
	tags := map[string]string{}
	for key, value := range a.Tags {
		tags[normalTag(key)] = normalTag(value)
	}
	for _, key := range tagKeys {
		if purpose := tagWords[tags[key]]; purpose != "" {
			return purpose
		}
	}
	return ""
}

func normalTag(text string) string {
	return strings.NewReplacer("_", "-", " ", "-").Replace(strings.ToLower(strings.TrimSpace(text)))
}

// namePurpose reads the name of a store. One with a hierarchical namespace, or
// with containers of data, holds data whatever it is called.
func (d *Draft) namePurpose(a *model.Asset, within []*model.Asset) {
	purpose, certain := purposeOf(a)
	named := func(inner *model.Asset) bool { return stage.Named(nameOf(inner)) }
	switch {
	case purpose == "" || a.Settings["hierarchical_namespace"].Tri() == model.Yes:
	case certain && slices.ContainsFunc(within, named) || !certain && len(within) > 0:
	default:
		at := a.Name.At
		if at.IsZero() {
			at = a.At
		}
		d.Set(a, "purpose", model.KnownFact(purpose, at))
	}
}

func nameOf(a *model.Asset) string {
	if name := a.Name.Text(); name != "" {
		return name
	}
	return strings.ReplaceAll(a.NameHint, string(resource.Hole), "-")
}

// purposeOf returns what the name of a store says that it is for, and whether that
// is certain whatever else the name says.
func purposeOf(a *model.Asset) (purpose string, certain bool) {
	name := nameOf(a)
	if purpose := wholeNames[strings.ToLower(name)]; purpose != "" {
		return purpose, true
	}
	words := stage.Words(name)
	for i := len(words) - 1; i > 0; i-- {
		words = append(words, words[i-1]+" "+words[i])
	}
	for _, word := range words {
		if purpose := certainNames[word]; purpose != "" {
			return purpose, true
		}
	}
	if purpose := joinedPurpose(a, name); certainNames[purpose] != "" {
		return certainNames[purpose], true
	} else if stage.Named(name) {
		return "", false
	} else if purpose != "" {
		return likelyNames[purpose], false
	}
	for _, word := range words {
		if purpose := likelyNames[word]; purpose != "" {
			return purpose, false
		}
	}
	return "", false
}

// joinedPurpose returns the word that a storage account's name ends with, digits
// and an environment aside, or that is certain anywhere in it.
func joinedPurpose(a *model.Asset, name string) string {
	if a.Kind != model.ObjectStore || a.Provider != "azure" {
		return ""
	}
	name = stage.Bare(name)
	for _, word := range joinedNames {
		if strings.HasSuffix(name, word) || certainNames[word] != "" && strings.Contains(name, word) {
			return word
		}
	}
	return ""
}

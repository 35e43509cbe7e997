package aws

import (
	"fmt"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// regionOf resolves the region of a resource: its own region argument, which
// nearly every resource has since provider version 6, else that of its provider
// configuration. The provider falls back to the environment, which no file shows.
func regionOf(r *resource.Resource) model.Fact {
	for _, v := range []resource.Value{r.Attrs.Get("region"), r.Provider.Get("region")} {
		if !v.IsAbsent() {
			return draft.Text(v)
		}
	}
	at := r.At
	if block, written := providerBlock(r); written {
		at = block
	}
	return model.UnknownFact("the region of provider aws is not written", at)
}

// providerBlock is the place of the provider block that manages a resource.
// Without one, a configuration may still hold the version constraint.
func providerBlock(r *resource.Resource) (at source.Range, written bool) {
	version := r.Provider.Get("version")
	bare := !version.IsAbsent() && version.At == r.Provider.At
	return r.Provider.At, r.Provider.IsKnown() && !bare
}

// sameRegion compares two regions. Two unknown regions are the same when one
// expression of one stack decides both: whatever its value is, it is one value.
func sameRegion(a, b *model.Asset) model.Tri {
	return sameRegionFact(a.Region, a.Root, b.Region, b.Root)
}

func sameRegionFact(a model.Fact, rootA string, b model.Fact, rootB string) model.Tri {
	if same := draft.SameRegion(a, b); same != model.Maybe {
		return same
	}
	if a.State == model.Unknown && b.State == model.Unknown && rootA == rootB && !a.At.IsZero() && a.At == b.At && a.Why == b.Why {
		return model.Yes
	}
	return model.Maybe
}

func not(answer model.Tri) model.Tri {
	switch answer {
	case model.Yes:
		return model.No
	case model.No:
		return model.Yes
	default:
		return model.Maybe
	}
}

// account is what a provider configuration tells about the account it works in.
type account struct {
	root string
	id   string // twelve digits; empty when not written
	// credentials identifies what is written about credentials; equal ones of
	// one stack reach one account, the ambient one when nothing is written.
	credentials string
	// open is set when no provider block is written: it is handed in from outside.
	open bool
}

func accountOf(r *resource.Resource) account {
	_, written := providerBlock(r)
	found := account{root: r.Root, open: !written}
	role := r.Provider.Path("assume_role.role_arn")
	for _, v := range []resource.Value{role, r.Provider.Get("profile"), r.Provider.Get("access_key"),
		r.Provider.Get("shared_credentials_files"), r.Provider.Path("assume_role_with_web_identity.role_arn")} {
		if !v.IsAbsent() {
			found.credentials += identity(v) + ";"
		}
	}
	if text, ok := role.AsString(); ok {
		found.id = arnPart(text, arnAccount)
	}
	if ids, complete := r.Provider.Get("allowed_account_ids").Strings(); complete && len(ids) == 1 {
		found.id = ids[0]
	}
	return found
}

// identity is the same for two values that are certainly equal.
func identity(v resource.Value) string {
	if text, ok := v.AsString(); ok {
		return "=" + text
	}
	return fmt.Sprintf("?%s:%d", v.At.File, v.At.Start)
}

// otherAccount compares two accounts.
func otherAccount(a, b account) model.Tri {
	switch {
	case a.id != "" && b.id != "":
		return model.TriOf(a.id != b.id)
	case a.root == b.root && a.credentials == b.credentials && !a.open && !b.open:
		return model.No
	default:
		return model.Maybe
	}
}

// The parts of an ARN, "arn:partition:service:region:account:resource".
const (
	arnPartition = 1
	arnService   = 2
	arnRegion    = 3
	arnAccount   = 4
	arnResource  = 5
)

// arnPart returns a part of an ARN; empty when text is none, or has no such part.
func arnPart(text string, part int) string {
	parts := strings.SplitN(text, ":", arnResource+1)
	if len(parts) <= arnResource || parts[0] != "arn" {
		return ""
	}
	return parts[part]
}

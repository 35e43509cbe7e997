package aws

import (
	"fmt"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// byResource says whether one of the entries of resources names the subject.
func (s selection) byResource(subject *subject) *verdict {
	if len(s.resources) == 0 {
		return nil
	}
	best := verdict{answer: model.No}
	for _, entry := range s.resources {
		found := s.names(entry, subject)
		if found.answer == model.Yes && (best.answer != model.Yes || found.typed && !best.typed) ||
			found.answer == model.Maybe && best.answer == model.No {
			best = found
		}
	}
	return &best
}

// names compares one entry with the subject: by the resource that it refers to,
// else by its text.
func (s selection) names(e entry, subject *subject) verdict {
	found := verdict{answer: model.No, at: e.value.At, typed: true}
	if len(e.named) > 0 {
		switch {
		case !slices.Contains(e.named, subject.resource):
		case len(e.named) > 1:
			found.answer, found.why = model.Maybe, s.by.Address+" may select it or another resource"
		default:
			found.answer, found.named = model.Yes, true
			if why := openReference(e.value, []*model.Asset{subject.asset}); why != "" {
				found.answer, found.why = model.Maybe, why
			}
		}
		return found
	}
	if e.text == "" {
		// Something is named that cannot be read: it may be anything in the stack.
		if s.by.Root == subject.asset.Root {
			found.answer, found.why = model.Maybe, fmt.Sprintf("%s may select it: %s", s.by.Address, unknownWhy(e.value, "resources"))
		}
		return found
	}
	found.answer, found.typed = matches(e.patterns[subject.open], subject.arn), e.typed
	if found.answer == model.Maybe {
		found.why = fmt.Sprintf("%s may select it by the pattern %s", s.by.Address, strings.ReplaceAll(e.text, string(resource.Hole), "…"))
	}
	return found
}

func isCaller(r *resource.Resource) bool {
	return r.Mode == resource.Existing && (r.Type == "aws_region" || r.Type == "aws_caller_identity" || r.Type == "aws_partition")
}

func anyTerm(terms []tagTerm, subject *subject) *verdict {
	if len(terms) == 0 {
		return nil
	}
	best := verdict{answer: model.No}
	for _, term := range terms {
		found := term.holds(subject)
		if found.answer == model.Yes || found.answer == model.Maybe && best.answer == model.No {
			best = found
		}
		if best.answer == model.Yes {
			break
		}
	}
	return &best
}

func allTerms(terms []tagTerm, subject *subject) *verdict {
	if len(terms) == 0 {
		return nil
	}
	all := verdict{answer: model.Yes, at: terms[0].at}
	for _, term := range terms {
		found := term.holds(subject)
		if found.answer == model.No {
			return &found
		}
		if found.answer == model.Maybe {
			all = found
		}
	}
	return &all
}

// holds compares one tag. Keys of conditions are written "aws:ResourceTag/key";
// keys and values are case-sensitive (AWS Backup API reference, Conditions).
func (t tagTerm) holds(subject *subject) verdict {
	found := verdict{answer: model.Maybe, at: t.at}
	key, keyKnown := t.key.AsString()
	wanted, wantedKnown := t.value.AsString()
	if !keyKnown || !wantedKnown {
		found.why = firstWhy(t.key, t.value)
		return found
	}
	key = strings.TrimPrefix(key, "aws:ResourceTag/")
	tag := subject.tag(key)
	if tag.IsAbsent() {
		if t.negated {
			// The documentation does not say whether a missing tag counts as unequal.
			found.why = fmt.Sprintf("it has no tag %s, and AWS does not document whether %q then counts as unequal", key, wanted)
		} else {
			found.answer = model.No
		}
		return found
	}
	text, known := tag.AsString()
	if !known {
		found.why = unknownWhy(tag, "the tag "+key)
		return found
	}
	same := model.TriOf(text == wanted)
	if t.like {
		same = matches(wanted, text)
	}
	if t.negated {
		same = not(same)
	}
	found.answer = same
	return found
}

func firstWhy(values ...resource.Value) string {
	for _, v := range values {
		if v.Why != "" {
			return v.Why
		}
	}
	return "the key or the value is not written"
}

// settingsOf returns the opt-in settings of the region and the account that a
// selection works in.
func settingsOf(d *draft.Draft, s selection) (settings []*resource.Resource) {
	for _, r := range d.Resources.OfType("aws_backup_region_settings") {
		if sameRegionFact(regionOf(r), r.Root, s.region, s.by.Root) == model.Yes && otherAccount(accountOf(r), s.account) == model.No {
			settings = append(settings, r)
		}
	}
	return settings
}

// optIn applies the opt-in settings of the region, which decide for everything
// that no entry names by ARN or type, and for clusters in any case (AWS Backup
// API reference, UpdateRegionSettings).
func (s selection) optIn(found verdict, subject *subject) verdict {
	if found.answer == model.No || found.typed && !subject.sharedType {
		return found
	}
	for _, r := range s.settings {
		setting := r.Attrs.Get("resource_type_opt_in_preference").Get(subject.service)
		on, known := setting.AsBool()
		switch {
		case setting.IsAbsent():
		case !known:
			found.answer, found.why = model.Maybe, setting.Why
			return found
		case on:
			return found
		default:
			found.off, found.at = fmt.Sprintf("%s has %s = false, so %s leaves it out", r.Address, subject.service, s.by.Address), setting.At
			return found
		}
	}
	if found.answer == model.Yes {
		found.answer = model.Maybe
		found.why = fmt.Sprintf("%s selects it only where the region is opted in to %s, and no aws_backup_region_settings says so", s.by.Address, subject.service)
	}
	return found
}

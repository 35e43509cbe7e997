package aws

import (
	"strings"
	"unicode/utf8"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// matches compares text, which may have holes, with a pattern in which "*"
// stands for anything. A hole in the text is something unknown: the answer is
// yes when the pattern covers it whatever it is, unknown when it might.
func matches(pattern, text string) model.Tri {
	switch {
	case glob(pattern, text, false):
		return model.Yes
	case glob(pattern, text, true):
		return model.Maybe
	default:
		return model.No
	}
}

// glob matches text against pattern. With lenient holes, a hole on either side
// may stand for any string; otherwise a hole in the text is covered only by
// "*", and one in the pattern covers nothing.
//
// The table has one row per pattern rune, so the cost is the product of the
// lengths, whatever the number of stars.
func glob(pattern, text string, lenient bool) bool {
	pattern, text, ok := trimmed(pattern, text)
	if !ok {
		return false
	}
	t := []rune(text)
	row, next := make([]bool, len(t)+1), make([]bool, len(t)+1)
	row[0] = true
	free := func(text rune) bool { return lenient && text == resource.Hole }
	for i := range t {
		row[i+1] = row[i] && free(t[i])
	}
	for _, c := range pattern {
		wild := c == '*' || lenient && c == resource.Hole
		next[0] = row[0] && wild
		for i, r := range t {
			switch {
			case wild:
				next[i+1] = row[i+1] || next[i]
			case free(r):
				// The hole ends before this rune of the pattern, or holds it.
				next[i+1] = next[i] || row[i+1]
			default:
				next[i+1] = row[i] && c == r && c != resource.Hole
			}
		}
		row, next = next, row
	}
	return row[len(t)]
}

// trimmed drops the plain letters that pattern and text begin and end with
// alike. ok is false when they differ in one: most patterns and names do, and
// need no table.
func trimmed(pattern, text string) (restPattern, restText string, ok bool) {
	plain := func(char byte) bool { return char < utf8.RuneSelf && char != '*' }
	for pattern != "" && text != "" && plain(pattern[0]) && plain(text[0]) {
		if pattern[0] != text[0] {
			return pattern, text, false
		}
		pattern, text = pattern[1:], text[1:]
	}
	for pattern != "" && text != "" && plain(pattern[len(pattern)-1]) && plain(text[len(text)-1]) {
		if pattern[len(pattern)-1] != text[len(text)-1] {
			return pattern, text, false
		}
		pattern, text = pattern[:len(pattern)-1], text[:len(text)-1]
	}
	return pattern, text, true
}

func hasHole(text string) bool { return strings.ContainsRune(text, resource.Hole) }

// readable is the text of a value with holes for what is not known; empty when
// nothing is. In an ARN, the data sources for the caller's own region, account
// and partition are read: "*" stands for those of r itself.
func readable(d *draft.Draft, r *resource.Resource, v resource.Value) string {
	if text, ok := v.AsString(); ok {
		return text
	}
	parts := strings.SplitN(v.Hint, ":", arnResource+1)
	if len(parts) <= arnResource {
		return v.Hint
	}
	for _, caller := range d.Resources.Referents(v, "aws_partition", "aws_region", "aws_caller_identity") {
		switch caller.Type {
		case "aws_partition":
			fill(parts, arnPartition, "*")
		case "aws_region":
			here := regionOf(caller)
			if sameRegionFact(here, caller.Root, regionOf(r), r.Root) == model.Yes {
				fill(parts, arnRegion, "*")
			} else if here.Text() != "" {
				fill(parts, arnRegion, here.Text())
			}
		case "aws_caller_identity":
			if otherAccount(accountOf(caller), accountOf(r)) == model.No {
				fill(parts, arnAccount, "*")
			}
		}
	}
	return strings.Join(parts, ":")
}

// fill writes text into a part of an ARN that is nothing but a hole.
func fill(parts []string, part int, text string) {
	if parts[part] == string(resource.Hole) {
		parts[part] = text
	}
}

// gaps tells which parts of an ARN are not fully known.
type gaps struct{ region, account bool }

func gapsOf(arn string) gaps {
	return gaps{region: hasHole(arnPart(arn, arnRegion)), account: hasHole(arnPart(arn, arnAccount))}
}

// aligned rewrites a pattern so that it can be compared with the ARN of a
// subject: without its partition, and without the region and the account where
// the subject's have gaps. A selection works in its own region and account,
// so an entry that names others would select nothing anywhere.
func aligned(pattern string, open gaps) string {
	parts := strings.SplitN(pattern, ":", arnResource+1)
	if len(parts) < 3 || parts[0] != "arn" {
		return pattern
	}
	parts[arnPartition] = "aws"
	if len(parts) > arnResource && open.region {
		parts[arnRegion] = "*"
	}
	if len(parts) > arnResource && open.account {
		parts[arnAccount] = "*"
	}
	return strings.Join(parts, ":")
}

// namesType says whether an ARN pattern names a resource type and not only a
// service: "arn:aws:rds:*:*:db:*" does, "arn:aws:rds:*" and "*" do not. Only
// the former is backed up whatever the opt-in settings of the region are (AWS
// Backup developer guide, "Assign resources with AWS CLI").
func namesType(pattern string) bool {
	rest := arnPart(pattern, arnResource)
	if arnPart(pattern, arnService) == "s3" {
		return rest != "" // S3 has one type, and its ARNs do not name it
	}
	kind, _, found := strings.Cut(strings.Replace(rest, "/", ":", 1), ":")
	return found && kind != "" && !strings.ContainsAny(kind, "*") && !hasHole(kind)
}

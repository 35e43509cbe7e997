package terraform

import "slices"

// mergeBlock lays an override over a block: arguments replace arguments, nested
// blocks replace all nested blocks of their type, and lifecycle is merged by
// argument (Terraform, "Override Files"). The block keeps its own place.
func mergeBlock(base, over *block) *block {
	merged := *base
	merged.body = mergeBody(base.body, over.body)
	return &merged
}

func mergeBody(base, over *body) *body {
	merged := &body{attrs: slices.Clone(base.attrs)}
	for _, a := range over.attrs {
		at := slices.IndexFunc(merged.attrs, func(b *attribute) bool { return b.name == a.name })
		if at < 0 {
			merged.attrs = append(merged.attrs, a)
		} else {
			merged.attrs[at] = a
		}
	}
	replaced := map[string]bool{}
	for _, b := range over.blocks {
		if kind := producedKind(b); kind != "lifecycle" {
			replaced[kind] = true
		}
	}
	for _, b := range base.blocks {
		switch {
		case replaced[producedKind(b)]:
		case b.kind == "lifecycle" && over.block("lifecycle") != nil:
			merged.blocks = append(merged.blocks, mergeBlock(b, over.block("lifecycle")))
		default:
			merged.blocks = append(merged.blocks, b)
		}
	}
	for _, b := range over.blocks {
		if b.kind != "lifecycle" || base.block("lifecycle") == nil {
			merged.blocks = append(merged.blocks, b)
		}
	}
	return merged
}

// producedKind is the type of the blocks that a block stands for: a dynamic
// block stands for those of its label.
func producedKind(b *block) string {
	if b.kind == "dynamic" && len(b.labels) == 1 {
		return b.labels[0]
	}
	return b.kind
}

package finding

import "strings"

// Where says in which environments a finding holds and, when those are not all
// of its root, what the others say: "dev, test (not in prod)". It is empty
// where there are no environments.
func (f *Finding) Where() string {
	if len(f.Environments) == 0 {
		return ""
	}
	text := listed(f.Environments)
	var remarks []string
	for _, remark := range []struct {
		verdict Verdict
		words   string
	}{
		{Fail, "fails in "}, {Unknown, "unknown in "}, {Exempt, "not needed in "}, {"", "not in "},
	} {
		var names []string
		for _, other := range f.Others {
			if other.Verdict == remark.verdict {
				names = append(names, other.Environment)
			}
		}
		if len(names) > 0 {
			words := remark.words
			if remark.verdict == f.Verdict {
				words = "decided elsewhere in "
			}
			remarks = append(remarks, words+listed(names))
		}
	}
	if len(remarks) > 0 {
		text += " (" + strings.Join(remarks, "; ") + ")"
	}
	return text
}

// listed joins names, of which a long list shows the first.
func listed(names []string) string {
	const most = 6
	if len(names) > most {
		names = append(names[:most-1:most-1], "…")
	}
	return strings.Join(names, ", ")
}

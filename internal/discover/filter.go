package discover

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// filter holds checked globs.
type filter struct{ include, exclude, keep []string }

func newFilter(options Options) (*filter, error) {
	if options.Keep == nil {
		options.Keep = DefaultKeep()
	}
	f := &filter{}
	for _, list := range []struct {
		option string
		globs  []string
		to     *[]string
	}{
		{"include", options.Include, &f.include},
		{"exclude", options.Exclude, &f.exclude},
		{"keep", options.Keep, &f.keep},
	} {
		for _, glob := range list.globs {
			cleaned, ok := clean(glob)
			if !ok {
				return nil, fmt.Errorf("%s: %q is not a valid glob", list.option, glob)
			}
			*list.to = append(*list.to, cleaned)
		}
	}
	return f, nil
}

// clean accepts the spellings of one path: "./a/" is "a".
func clean(glob string) (string, bool) {
	cleaned := strings.TrimSuffix(strings.TrimPrefix(glob, "./"), "/")
	ok := cleaned != "" && !strings.HasPrefix(cleaned, "/") && doublestar.ValidatePattern(cleaned)
	return cleaned, ok
}

// excludes reports whether a file or directory is excluded by its own path; the
// walk never comes to what is in an excluded directory.
func (f *filter) excludes(name string) bool {
	for _, glob := range f.exclude {
		if doublestar.MatchUnvalidated(glob, name) {
			return true
		}
	}
	return false
}

// includes reports whether a file, or a directory that it is in, is included.
func (f *filter) includes(name string) bool {
	return len(f.include) == 0 || matchesPath(f.include, name)
}

// keeps reports whether an ignored file is wanted all the same.
func (f *filter) keeps(name string) bool { return matchesPath(f.keep, name) }

func matchesPath(globs []string, name string) bool {
	for _, glob := range globs {
		for part := name; part != "."; part = path.Dir(part) {
			if doublestar.MatchUnvalidated(glob, part) {
				return true
			}
		}
	}
	return false
}

// keepsBelow reports whether an ignored directory may hold files to keep: a
// leading part of a glob that ends in a name has to match it.
func (f *filter) keepsBelow(name string) bool {
	for _, glob := range f.keep {
		leading := ""
		for part := range strings.SplitSeq(glob, "/") {
			leading = path.Join(leading, part)
			if part != "**" && doublestar.MatchUnvalidated(leading, name) {
				return true
			}
		}
	}
	return f.keeps(name)
}

// reason is an error without the operation and the path, which a diagnostic
// names by its place.
func reason(err error) string {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return pathError.Err.Error()
	}
	return err.Error()
}

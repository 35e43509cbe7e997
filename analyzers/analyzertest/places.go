package analyzertest

import (
	"io/fs"
	"testing"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// CheckPlaces wants every place to lie in a file of the repository, every unknown
// value to say why, and every diagnostic to say something.
func CheckPlaces(t *testing.T, tree source.Tree, result resource.Result) {
	t.Helper()
	c := checker{t: t, tree: tree, sizes: map[string]int{}}
	for _, r := range result.Resources {
		c.within(r.At, r.ID)
		c.within(r.Body, r.ID)
		c.value(r.Attrs, r.ID)
	}
	for _, d := range result.Diagnostics {
		c.within(d.At, d.Code)
		if d.Summary == "" {
			t.Errorf("%s has no summary", d.Code)
		}
	}
}

type checker struct {
	t     *testing.T
	tree  source.Tree
	sizes map[string]int // of files that were read; -1 where there is none
}

func (c *checker) within(at source.Range, what string) {
	c.t.Helper()
	size, known := c.sizes[at.File]
	if !known {
		data, err := fs.ReadFile(c.tree.FS, at.File)
		if size = len(data); err != nil {
			size = -1
		}
		c.sizes[at.File] = size
	}
	if at.Start < 0 || at.End > size || at.Start > at.End {
		c.t.Errorf("%s is placed at %+v, outside of a file", what, at)
	}
}

func (c *checker) value(v resource.Value, path string) {
	c.t.Helper()
	c.within(v.At, path)
	if v.IsUnknown() && v.Why == "" {
		c.t.Errorf("%s is unknown without a reason", path)
	}
	for _, origin := range v.Origin {
		c.within(origin, "an origin of "+path)
	}
	for _, item := range v.Items {
		c.value(item, path+"[]")
	}
	for _, f := range v.Fields {
		c.within(f.At, "the name "+path+"."+f.Name)
		c.value(f.Value, path+"."+f.Name)
	}
}

package environment

import (
	"path"
	"slices"
	"strings"
)

// File is a parameter file with the names of the parameters that it sets.
type File struct {
	Path  string
	Names []string
}

// Candidate is a root that parameter files may belong to.
type Candidate struct {
	// Root is the directory or file that is evaluated, Dir the directory it lies in.
	Root, Dir string
	// Declares reports whether the root declares a parameter.
	Declares func(name string) bool
}

// Match returns the roots that a file of parameters belongs to: of those that
// declare nearly all of the names it sets, the nearest ones. More than one
// root means that the evidence does not decide.
//
// Near is a root in the folder of the file or in one above it, then one beside
// a folder above it; a root whose name is part of the file's path wins over
// equally near ones.
func Match(file File, candidates []Candidate) []string {
	best, found := farthest, []string(nil)
	for _, c := range candidates {
		distance := distance(file.Path, c)
		if distance >= farthest || distance > best || !declares(c, file.Names) {
			continue
		}
		if distance < best {
			best, found = distance, nil
		}
		found = append(found, c.Root)
	}
	return found
}

// declares reports whether a candidate declares nearly all of the names: one in
// ten may be a leftover, which Terraform only warns about.
func declares(c Candidate, names []string) bool {
	const leftover = 10
	missing := 0
	for _, name := range names {
		if !c.Declares(name) {
			missing++
		}
	}
	return len(names) > 0 && missing*leftover <= len(names)
}

const (
	stepsUp   = 4 // folders between a file and a root above it, or the folder they share
	stepsDown = 3 // from the shared folder to the root
	farthest  = 1 << 20
)

// distance ranks how near a candidate is to a file.
func distance(file string, c Candidate) int {
	from, to := elements(path.Dir(file)), elements(c.Dir)
	shared := 0
	for shared < len(from) && shared < len(to) && from[shared] == to[shared] {
		shared++
	}
	up, down := len(from)-shared, len(to)-shared
	if up > stepsUp || down > stepsDown {
		return farthest
	}
	if down == 0 {
		return 2 * up
	}
	// A root below the folder of the file is nearer than one beside it.
	const beside = 100
	rank := beside + 2*(up+down)
	if mentions(file, rootName(c.Root)) {
		rank = beside + 1
	}
	return rank
}

// mentions reports whether a path has a name as an element or as the words of one.
func mentions(file, name string) bool {
	return name != "" && slices.ContainsFunc(strings.FieldsFunc(strings.ToLower(file), func(r rune) bool { return r == '/' || r == '.' }), func(element string) bool {
		return element == name || strings.HasPrefix(element, name+"-") || strings.HasSuffix(element, "-"+name) ||
			strings.HasPrefix(element, name+"_") || strings.HasSuffix(element, "_"+name)
	})
}

func elements(dir string) []string {
	if dir == "." {
		return nil
	}
	return strings.Split(dir, "/")
}

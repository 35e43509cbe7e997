package environment

import (
	"path"
	"slices"
	"strconv"
	"strings"
)

// Group makes environments of the files that belong to one root, ordered by
// name. Files that set the same parameters are alternatives and thus
// environments of their own; a file that sets what no other one sets, or whose
// name says that it is shared, is a layer below the others of its folder, or of
// all folders when its folder names no environment.
func Group(root string, files []File) []Environment {
	files = slices.Clone(files)
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	var layers []string
	var found []Environment
	var folders []string
	byFolder := map[string][]File{}
	for _, f := range files {
		dir := path.Dir(f.Path)
		if byFolder[dir] == nil {
			folders = append(folders, dir)
		}
		byFolder[dir] = append(byFolder[dir], f)
	}
	for _, dir := range folders {
		alternatives, below := split(byFolder[dir])
		named := folderName(path.Join(dir, "x"), root) != ""
		switch {
		case !named:
			layers = append(layers, below...)
		case len(alternatives) == 0:
			found = append(found, Environment{Name: folderName(path.Join(dir, "x"), root), Files: below})
		}
		for _, file := range alternatives {
			e := Environment{Name: NameFor(file, root), Files: []string{file}}
			if named {
				e.Files = append(slices.Clone(below), file)
			}
			found = append(found, e)
		}
	}
	if len(found) == 0 && len(layers) > 0 {
		return Alone(root, []Environment{{Name: NameFor(layers[0], root), Files: layers}})
	}
	for i := range found {
		found[i].Files = append(slices.Clone(layers), found[i].Files...)
	}
	return Alone(root, distinct(root, found))
}

// Alone takes the name off the only environment of a root when nothing but the
// base name of its last file made it: main.parameters.json alone says what the
// parameters are, not where.
func Alone(root string, all []Environment) []Environment {
	if len(all) == 1 && len(all[0].Files) > 0 {
		last := all[0].Files[len(all[0].Files)-1]
		template, _, _ := strings.Cut(path.Base(root), ".")
		if all[0].Name == safe(template) || all[0].Name == safe(stem(last)) && ownName(last, root) == "" {
			all[0].Name = ""
		}
	}
	return all
}

// split tells the alternatives among the files of one folder from the layers.
func split(files []File) (alternatives, layers []string) {
	setBy := map[string]int{}
	for _, f := range files {
		for _, name := range f.Names {
			setBy[name]++
		}
	}
	for _, f := range files {
		overlaps := slices.ContainsFunc(f.Names, func(name string) bool { return setBy[name] > 1 })
		own := strings.ToLower(stem(f.Path))
		if shared[own] && len(files) > 1 || !overlaps && !names(own) {
			layers = append(layers, f.Path)
		} else {
			alternatives = append(alternatives, f.Path)
		}
	}
	return alternatives, layers
}

// distinct orders environments by name and gives those of one name longer ones.
func distinct(root string, all []Environment) []Environment {
	count := map[string]int{}
	for _, e := range all {
		count[e.Name]++
	}
	for i, e := range all {
		if count[e.Name] > 1 {
			last := e.Files[len(e.Files)-1]
			all[i].Name = safe(strings.TrimPrefix(path.Join(path.Dir(last), stem(last)), rootFolder(root)+"/"))
		}
	}
	slices.SortStableFunc(all, func(a, b Environment) int { return strings.Compare(a.Name, b.Name) })
	for i := 1; i < len(all); i++ {
		if all[i].Name == all[i-1].Name {
			all[i].Name += "-" + strconv.Itoa(i+1)
		}
	}
	return all
}

package datafactory

import (
	"regexp"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// script is the script of a mapping data flow: one statement a transformation,
// "inputs kind(options) ~> name".
type script struct {
	at         sourceRange
	why        string
	statements map[string]statement
}

type statement struct {
	inputs []string
	text   string
}

var (
	// ending is what closes a statement: its name, and streams of a split.
	ending = regexp.MustCompile(`~>\s*([A-Za-z_]\w*)(?:@\(([^)]*)\))?`)
	opener = regexp.MustCompile(`^\s*((?:[A-Za-z_][\w@]*\s*,\s*)*[A-Za-z_][\w@]*\s+)?[A-Za-z_]\w*\s*\(`)
	option = regexp.MustCompile(`(?i)\b(\w+)\s*:\s*(true|false)\b`)
)

// scriptOf takes the script of a data flow apart.
func scriptOf(o *object) script {
	v := o.at("typeProperties.script")
	if v.State == resource.Absent {
		v = o.at("typeProperties.scriptLines")
	}
	if v.State == resource.Absent {
		v = scriptPieces(o)
	}
	text, complete := v.Strings()
	s := script{at: v.At, statements: map[string]statement{}}
	if !complete {
		s.why = whyOr(v, "the script is not known")
		return s
	}
	rest := strings.Join(text, "\n")
	for {
		found := ending.FindStringSubmatchIndex(rest)
		if found == nil {
			return s
		}
		st := statement{text: rest[:found[0]]}
		if head := opener.FindStringSubmatch(st.text); head != nil {
			for input := range strings.SplitSeq(head[1], ",") {
				input, _, _ = strings.Cut(strings.TrimSpace(input), "@")
				if input != "" {
					st.inputs = append(st.inputs, input)
				}
			}
		}
		s.statements[rest[found[2]:found[3]]] = st
		rest = rest[found[1]:]
	}
}

// scriptPieces collects the script of a data flow that was saved by an earlier
// release of the service: a piece with each source, sink and transformation.
func scriptPieces(o *object) resource.Value {
	list := resource.ListAt(o.at("typeProperties").At)
	for _, name := range []string{"sources", "transformations", "sinks"} {
		for _, v := range o.at("typeProperties." + name).Items {
			if piece := v.Get("script"); piece.State != resource.Absent {
				list.Items = append(list.Items, piece)
			}
		}
	}
	return list
}

// upstream lists the transformations that lead to one.
func (s script) upstream(name string) (names []string) {
	queue := []string{name}
	for len(queue) > 0 {
		st := s.statements[queue[0]]
		queue = queue[1:]
		for _, input := range st.inputs {
			if !slices.Contains(names, input) {
				names = append(names, input)
				queue = append(queue, input)
			}
		}
	}
	return names
}

// option reports whether an option of a transformation is set to true.
func (s script) option(name string, options ...string) bool {
	for _, found := range option.FindAllStringSubmatch(s.statements[name].text, -1) {
		if strings.EqualFold(found[2], "true") && slices.ContainsFunc(options, func(o string) bool { return strings.EqualFold(o, found[1]) }) {
			return true
		}
	}
	return false
}

// write says what a sink does to what is already there (Microsoft Learn, Sink
// transformation in mapping data flow): rows are inserted unless it updates;
// truncate empties a table or a folder first.
func (s script) write(sink dataFlowEnd) model.Fact {
	if s.why != "" {
		return model.UnknownFact(s.why, s.at)
	}
	if _, ok := s.statements[sink.name]; !ok {
		return model.UnknownFact("the script has no sink "+sink.name, s.at)
	}
	switch {
	case s.option(sink.name, "upsertable", "updateable"):
		return model.KnownFact(upserts, s.at)
	case s.option(sink.name, "truncate", "recreate", "overwrite"):
		return model.KnownFact(overwrites, s.at)
	case strings.Contains(s.statements[sink.name].text, "partitionFileNames"):
		if dated := sink.place.dated(); dated.State != model.Known {
			return model.UnknownFact(dated.Why, dated.At)
		} else if dated.Value == false {
			return model.KnownFact(overwrites, s.at)
		}
	}
	if sink.place.kind == filePlace {
		// Files of partitions get names of their own.
		return model.KnownFact(newFiles, s.at)
	}
	return model.KnownFact(appends, s.at)
}

// mode judges what a data flow loads into a sink.
func (s script) mode(sources []dataFlowEnd, sink dataFlowEnd) model.Fact {
	if s.why != "" {
		return model.UnknownFact(s.why, s.at)
	}
	if s.option(sink.name, "upsertable", "updateable") {
		return incremental(s.at)
	}
	whole := len(sources) > 0
	for _, source := range sources {
		text := strings.ToLower(s.statements[source.name].text)
		path := source.place.path()
		switch {
		case s.option(source.name, "enableCdc", "enableNativeCdc", "changeFeed", "deltaEnabled"),
			strings.Contains(text, "modifiedafter"), strings.Contains(text, "modifiedbefore"):
			return incremental(s.at)
		case moves(path):
			return source.place.moving(source.place.dataset.factory)
		}
		whole = whole && source.place.dataset != nil && source.place.kind != otherPlace &&
			!strings.Contains(text, "query:") && (source.place.kind == tablePlace || path.Value.IsKnown())
	}
	filtered := slices.ContainsFunc(s.upstream(sink.name), func(name string) bool {
		return strings.Contains(s.statements[name].text, "filter(")
	})
	if whole && !filtered {
		return full(s.at)
	}
	return model.UnknownFact("nothing in the data flow shows whether it loads everything or what is new", s.at)
}

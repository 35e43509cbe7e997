package shell

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

// A part of a text that is not known travels through parsing and expansion as a
// marker of five bytes: holeByte and the number of its reason in four digits.
// The shell treats these control characters like letters, so a marker never
// changes how a script is split into words.
const (
	holeByte  = '\x02'
	digitZero = '\x0e'
	holeSize  = 5
	maxHoles  = 1 << 16
)

// hole returns the marker of a reason.
func (r *reader) hole(why string) string {
	number, found := r.reasons[why]
	if !found {
		if len(r.whys) == maxHoles-1 {
			why = "the script has too many parts that are not known"
		}
		if len(r.whys) >= maxHoles {
			number = maxHoles - 1
		} else {
			number = len(r.whys)
			r.whys = append(r.whys, why)
			r.reasons[why] = number
		}
	}
	return string([]byte{
		holeByte,
		digitZero + byte(number>>12&15), digitZero + byte(number>>8&15),
		digitZero + byte(number>>4&15), digitZero + byte(number&15),
	})
}

func hasHole(text string) bool { return strings.IndexByte(text, holeByte) >= 0 }

// isHole reports whether nothing of a text is known.
func isHole(text string) bool { return hasHole(text) && strings.Trim(hint(text), holeText) == "" }

// why returns the reason of the first hole in a text.
func (r *reader) why(text string) string {
	at := strings.IndexByte(text, holeByte)
	if at < 0 || at+holeSize > len(text) {
		return "its text cannot be read"
	}
	number := 0
	for _, digit := range []byte(text[at+1 : at+holeSize]) {
		number = number<<4 | int(digit-digitZero)&15
	}
	if number >= len(r.whys) {
		return "its text cannot be read"
	}
	return r.whys[number]
}

// hint replaces each marker with resource.Hole.
func hint(text string) string {
	var b strings.Builder
	for {
		at := strings.IndexByte(text, holeByte)
		if at < 0 {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(text[:at])
		b.WriteRune(resource.Hole)
		text = text[min(at+holeSize, len(text)):]
	}
}

// field is a word inside the reader: text with markers.
type field struct {
	text   string
	at     source.Range
	origin []source.Range
	// start is where text begins in the script, byte for byte, when exact is set.
	start int
	exact bool
}

// word turns a field into what callers see.
func (r *reader) word(f field) Word {
	if hasHole(f.text) {
		return Word{Hint: hint(f.text), Why: r.why(f.text), At: f.at, Origin: f.origin}
	}
	return Word{Text: f.text, Known: true, At: f.at, Origin: f.origin}
}

// fieldOf is the inverse of word.
func (r *reader) fieldOf(w Word) field {
	f := field{at: w.At, origin: w.Origin}
	switch {
	case w.Known:
		f.text = clean(w.Text)
	case strings.ContainsRune(w.Hint, resource.Hole):
		f.text = strings.ReplaceAll(clean(w.Hint), string(resource.Hole), r.hole(w.Why))
	default:
		f.text = r.hole(w.Why)
	}
	return f
}

// clean removes what a script cannot mean: the byte that starts a marker and
// NUL, which no shell accepts. Lengths stay, so offsets do.
func clean(text string) string {
	if strings.IndexByte(text, holeByte) < 0 && strings.IndexByte(text, 0) < 0 {
		return text
	}
	return strings.NewReplacer(string(rune(holeByte)), "?", "\x00", " ").Replace(text)
}

// join builds the text of a script and the frame that places its bytes.
func (r *reader) join(parts []Part) (string, frame) {
	if len(parts) == 1 && parts[0].Unknown == "" {
		return clean(parts[0].Text), frame{at: parts[0].At}
	}
	var b strings.Builder
	starts := make([]int, len(parts))
	origins := false
	for i, part := range parts {
		starts[i] = b.Len()
		if part.Unknown != "" {
			b.WriteString(r.hole(part.Unknown))
		} else {
			b.WriteString(clean(part.Text))
		}
		origins = origins || len(part.Origin) > 0
	}
	f := frame{at: func(start, end int) source.Range { return placeIn(parts, starts, start, end) }}
	if origins {
		f.origin = func(start, end int) []source.Range { return originIn(parts, starts, start, end) }
	}
	return b.String(), f
}

// originIn lists the origins of the parts that a stretch touches.
func originIn(parts []Part, starts []int, start, end int) []source.Range {
	var origins []source.Range
	for i := partAt(starts, start); i < len(parts) && starts[i] < max(end, start+1); i++ {
		origins = addOrigins(origins, parts[i].Origin...)
	}
	return origins
}

// maxOrigins bounds the places that a word names besides its own.
const maxOrigins = 4

// addOrigins adds places that are not listed yet.
func addOrigins(list []source.Range, more ...source.Range) []source.Range {
	for _, at := range more {
		if !at.IsZero() && len(list) < maxOrigins && !slices.Contains(list, at) {
			list = append(list, at)
		}
	}
	return list
}

// placeIn spans from the part that holds start to the part that holds the byte
// before end; within an unknown part there is only the whole of it.
func placeIn(parts []Part, starts []int, start, end int) source.Range {
	if len(parts) == 0 {
		return source.Range{}
	}
	first, last := partAt(starts, start), partAt(starts, max(end-1, start))
	from := placePart(parts[first], start-starts[first], start-starts[first])
	if first == last {
		return placePart(parts[first], start-starts[first], end-starts[first])
	}
	to := placePart(parts[last], end-starts[last], end-starts[last])
	if to.File != from.File || to.End < from.Start {
		return from
	}
	return source.Range{File: from.File, Start: from.Start, End: to.End}
}

func placePart(part Part, start, end int) source.Range {
	if part.Unknown != "" {
		return part.At(0, 0)
	}
	return part.At(min(start, len(part.Text)), min(end, len(part.Text)))
}

func partAt(starts []int, offset int) int {
	low, high := 0, len(starts)-1
	for low < high {
		middle := (low + high + 1) / 2
		if starts[middle] <= offset {
			low = middle
		} else {
			high = middle - 1
		}
	}
	return low
}

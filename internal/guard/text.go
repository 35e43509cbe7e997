package guard

import (
	"bytes"
	"unicode/utf8"

	"github.com/drlint/drlint/internal/source"
)

const byteOrderMark = "\xef\xbb\xbf"

// BlankBOM returns data with a leading UTF-8 byte order mark replaced by
// spaces, so that parsers that stumble over it keep their offsets. Data without
// one is returned as it is; data itself is never changed.
func BlankBOM(data []byte) []byte {
	if !bytes.HasPrefix(data, []byte(byteOrderMark)) {
		return data
	}
	blanked := bytes.Clone(data)
	copy(blanked, "   ")
	return blanked
}

// checkText wants UTF-8 without NUL bytes: every parser and every column count
// rests on it.
func checkText(path string, data []byte) *source.Diagnostic {
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		return &source.Diagnostic{
			Code:     "guard/not-utf8",
			Severity: source.Error,
			Summary:  "the file is UTF-16 text and was not read",
			Detail:   "Save it as UTF-8; Windows PowerShell's > and Out-File write UTF-16 unless told otherwise.",
			At:       source.Range{File: path, End: 2},
		}
	}
	if at := bytes.IndexByte(data, 0); at >= 0 {
		return &source.Diagnostic{
			Code:     "guard/binary",
			Severity: source.Error,
			Summary:  "the file holds a NUL byte, so it is not text, and was not read",
			Detail:   "Exclude the file if it is binary; else remove the byte.",
			At:       source.Range{File: path, Start: at, End: at + 1},
		}
	}
	if utf8.Valid(data) {
		return nil
	}
	at := invalidAt(data)
	return &source.Diagnostic{
		Code:     "guard/not-utf8",
		Severity: source.Error,
		Summary:  "the file is not valid UTF-8 and was not read",
		Detail:   "Save it as UTF-8; the place is the first byte that does not fit.",
		At:       source.Range{File: path, Start: at, End: at + 1},
	}
}

func invalidAt(data []byte) int {
	for at := 0; at < len(data); {
		char, width := utf8.DecodeRune(data[at:])
		if char == utf8.RuneError && width == 1 {
			return at
		}
		at += width
	}
	return len(data)
}

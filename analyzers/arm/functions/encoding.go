package functions

import (
	"crypto/sha1" //nolint:gosec // RFC 9562 defines version 5 of a UUID by SHA-1.
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/syntax/jsonc"
)

var encodingFunctions = []function{
	{name: "base64", least: 1, most: 1, call: (*caller).base64},
	{name: "base64ToString", least: 1, most: 1, call: (*caller).base64ToString},
	{name: "base64ToJson", least: 1, most: 1, call: (*caller).base64ToJSON},
	{name: "dataUri", least: 1, most: 1, call: (*caller).dataURI},
	{name: "dataUriToString", least: 1, most: 1, call: (*caller).dataURIToString},
	{name: "uri", least: 2, most: 2, partial: true, call: (*caller).uri},
	{name: "uriComponent", least: 1, most: 1, call: converted(escapeURI)},
	{name: "uriComponentToString", least: 1, most: 1, call: (*caller).uriComponentToString},
	{name: "json", least: 1, most: 1, call: (*caller).parseJSON},
}

func encodeUTF16(text string) []uint16 { return utf16.Encode([]rune(text)) }

func decodeUTF16(wide []uint16) string { return string(utf16.Decode(wide)) }

// converted applies a conversion to a known string.
func converted(convert func(string) string) func(*caller, []resource.Value) resource.Value {
	return func(c *caller, args []resource.Value) resource.Value {
		if args[0].Kind != resource.String {
			return c.misused("is given "+kindName(args[0]), args...)
		}
		return c.text(convert(args[0].Text), args...)
	}
}

func (c *caller) base64(args []resource.Value) resource.Value {
	text, known := c.written(args[0])
	if !known {
		return c.undecided(args)
	}
	return c.text(base64.StdEncoding.EncodeToString([]byte(text)), args...)
}

func (c *caller) base64ToString(args []resource.Value) resource.Value {
	decoded, err := base64.StdEncoding.DecodeString(args[0].Text)
	if args[0].Kind != resource.String || err != nil || !utf8.Valid(decoded) {
		return c.misused("is not given a text in base64", args...)
	}
	return c.text(string(decoded), args...)
}

func (c *caller) base64ToJSON(args []resource.Value) resource.Value {
	decoded := c.base64ToString(args)
	if decoded.IsUnknown() {
		return decoded
	}
	return c.parseJSON([]resource.Value{decoded})
}

// toText writes a value as text: a collection as JSON.
func (c *caller) toText(args []resource.Value) resource.Value {
	text, known := c.written(args[0])
	if !known {
		return c.hinted(text, args...)
	}
	return c.text(text, args...)
}

// dataURI follows the documented result: base64 with the type of plain text.
func (c *caller) dataURI(args []resource.Value) resource.Value {
	text, known := c.written(args[0])
	if !known {
		return c.undecided(args)
	}
	return c.text("data:text/plain;charset=utf8;base64,"+base64.StdEncoding.EncodeToString([]byte(text)), args...)
}

func (c *caller) dataURIToString(args []resource.Value) resource.Value {
	rest, isData := strings.CutPrefix(args[0].Text, "data:")
	kind, data, hasData := strings.Cut(rest, ",")
	if args[0].Kind != resource.String || !isData || !hasData {
		return c.misused("is not given a data URI", args...)
	}
	if strings.HasSuffix(kind, ";base64") {
		return c.base64ToString([]resource.Value{c.carry(resource.StringAt(c.At, data), args...)})
	}
	text, err := url.PathUnescape(data)
	if err != nil {
		return c.misused("is not given a data URI", args...)
	}
	return c.text(text, args...)
}

// uri resolves a relative address. What is readable of an unknown one is put
// together in the simple way.
func (c *caller) uri(args []resource.Value) resource.Value {
	base, known1 := c.written(args[0])
	relative, known2 := c.written(args[1])
	if !known1 || !known2 {
		folder := base[:strings.LastIndexByte(base, '/')+1]
		if !known1 && folder == "" {
			folder = hole
		}
		return c.hinted(folder+strings.TrimPrefix(relative, "/"), args...)
	}
	from, err1 := url.Parse(base)
	to, err2 := url.Parse(relative)
	if err1 != nil || err2 != nil {
		return c.misused("is not given an address", args...)
	}
	return c.text(from.ResolveReference(to).String(), args...)
}

// escapeURI encodes all but the unreserved characters of RFC 3986.
func escapeURI(text string) string {
	const digits = "0123456789ABCDEF"
	var escaped strings.Builder
	for i := range len(text) {
		char := text[i]
		if char|0x20 >= 'a' && char|0x20 <= 'z' || char >= '0' && char <= '9' || strings.IndexByte("-_.~", char) >= 0 {
			escaped.WriteByte(char)
		} else {
			escaped.Write([]byte{'%', digits[char>>4], digits[char&0xF]})
		}
	}
	return escaped.String()
}

func (c *caller) uriComponentToString(args []resource.Value) resource.Value {
	text, err := url.PathUnescape(args[0].Text)
	if args[0].Kind != resource.String || err != nil || !utf8.ValidString(text) {
		return c.misused("is not given an encoded text", args...)
	}
	return c.text(text, args...)
}

// parseJSON reads JSON in a text; all of it is placed at the call.
func (c *caller) parseJSON(args []resource.Value) resource.Value {
	if args[0].Kind != resource.String {
		return c.misused("is given "+kindName(args[0]), args...)
	}
	text := args[0].Text
	if len(text) > maxText || !c.Budget.Spend(len(text)/8) {
		return c.unknown(OverBudget, args...)
	}
	v, problems := jsonc.Parse("", []byte(text), jsonc.Options{})
	if len(problems) > 0 {
		return c.misused("is given a text that is not JSON", args...)
	}
	if !c.visit(v) {
		return c.unknown(OverBudget, args...)
	}
	return c.carry(c.placed(v), args...)
}

// placed puts a whole tree at the call.
func (c *caller) placed(v resource.Value) resource.Value {
	v.At = c.At
	for i := range v.Items {
		v.Items[i] = c.placed(v.Items[i])
	}
	for i := range v.Fields {
		v.Fields[i].At = c.At
		v.Fields[i].Value = c.placed(v.Fields[i].Value)
	}
	return v
}

// json writes a value as compact JSON; false when a part of it is unknown or it
// is too large.
func (c *caller) json(v resource.Value) (text string, known bool) {
	var out strings.Builder
	ok := c.writeJSON(&out, v)
	return out.String(), ok
}

func (c *caller) writeJSON(out *strings.Builder, v resource.Value) bool {
	if Certain(v).IsUnknown() || out.Len() > maxText || !c.Budget.Spend(1) {
		return false
	}
	switch {
	case v.IsAbsent():
		out.WriteString("null")
	case v.Kind == resource.Bool && v.Truth:
		out.WriteString("true")
	case v.Kind == resource.Bool:
		out.WriteString("false")
	case v.Kind == resource.Number:
		out.WriteString(numberText(v.Num))
	case v.Kind == resource.String:
		writeQuoted(out, v.Text)
	case v.Kind == resource.List:
		return c.writeMembers(out, '[', ']', len(v.Items), func(i int) resource.Value { return v.Items[i] })
	default:
		return c.writeMembers(out, '{', '}', len(v.Fields), func(i int) resource.Value {
			writeQuoted(out, v.Fields[i].Name)
			out.WriteByte(':')
			return v.Fields[i].Value
		})
	}
	return true
}

func (c *caller) writeMembers(out *strings.Builder, opening, closing byte, count int, member func(int) resource.Value) bool {
	out.WriteByte(opening)
	for i := range count {
		if i > 0 {
			out.WriteByte(',')
		}
		if !c.writeJSON(out, member(i)) {
			return false
		}
	}
	out.WriteByte(closing)
	return true
}

func writeQuoted(out *strings.Builder, text string) {
	encoder := json.NewEncoder(&trimNewline{out})
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(text)
}

// trimNewline drops the line end that an encoder writes after each value.
type trimNewline struct{ out *strings.Builder }

func (t *trimNewline) Write(data []byte) (int, error) {
	t.out.Write(data[:len(data)-1])
	return len(data), nil
}

// guidNamespace is the namespace that the documentation of guid() names.
var guidNamespace = [16]byte{0x11, 0xfb, 0x06, 0xfb, 0x71, 0x2d, 0x4d, 0xdd, 0x98, 0xc7, 0xe7, 0x1b, 0xbd, 0x58, 0x88, 0x30}

// guid is a UUID of version 5 over the arguments, joined by hyphens (Bicep
// documentation, "String functions for Bicep": guid).
func (c *caller) guid(args []resource.Value) resource.Value {
	texts, ok := c.texts(args)
	if !ok {
		return c.misused("takes strings", args...)
	}
	hash := sha1.New() //nolint:gosec // see the import
	hash.Write(guidNamespace[:])
	hash.Write([]byte(strings.Join(texts, "-")))
	sum := hash.Sum(nil)[:16]
	sum[6] = sum[6]&0x0f | 0x50
	sum[8] = sum[8]&0x3f | 0x80
	digits := hex.EncodeToString(sum)
	return c.text(strings.Join([]string{digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]}, "-"), args...)
}

package functions

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// charset is a character encoding. An error means that the text does not fit.
type charset struct {
	encode func(string) ([]byte, error)
	decode func([]byte) (string, error)
}

var errCharset = errors.New("the text holds characters that the encoding does not have")

// charsetNamed knows the encodings that configurations use, by their IANA names
// and usual aliases. Tables for the others would be larger than this package.
func charsetNamed(name string) (charset, bool) {
	switch strings.ToUpper(name) {
	case "UTF-8", "CSUTF8":
		return charset{encodeUTF8, decodeUTF8}, true
	case "UTF-16LE", "CSUTF16LE":
		return charsetUTF16(binary.LittleEndian, ""), true
	case "UTF-16BE", "CSUTF16BE":
		return charsetUTF16(binary.BigEndian, ""), true
	case "UTF-16", "CSUTF16":
		return charsetUTF16(binary.BigEndian, "\xfe\xff"), true
	case "ISO-8859-1", "ISO_8859-1", "ISO_8859-1:1987", "ISO-IR-100", "LATIN1", "L1", "IBM819", "CP819", "CSISOLATIN1":
		return charset{encodeLatin1, decodeLatin1}, true
	case "US-ASCII", "US", "ISO646-US", "ISO-IR-6", "ANSI_X3.4-1968", "ANSI_X3.4-1986", "ISO_646.IRV:1991", "IBM367", "CP367", "CSASCII":
		return charset{encodeASCII, decodeASCII}, true
	default:
		return charset{}, false
	}
}

func textEncodeBase64() function.Function {
	return ofText(cty.String, func(in []string) (cty.Value, error) {
		set, ok := charsetNamed(in[1])
		if !ok {
			return unknownCharset(in[1]), nil
		}
		encoded, err := set.encode(in[0])
		if err != nil {
			return cty.NilVal, function.NewArgError(0, err)
		}
		return cty.StringVal(base64.StdEncoding.EncodeToString(encoded)), nil
	}, "string", "encoding")
}

func textDecodeBase64() function.Function {
	return ofText(cty.String, func(in []string) (cty.Value, error) {
		set, ok := charsetNamed(in[1])
		if !ok {
			return unknownCharset(in[1]), nil
		}
		raw, err := fromBase64(in[0])
		if err != nil {
			return cty.NilVal, err
		}
		decoded, err := set.decode(raw)
		if err != nil || strings.ContainsRune(decoded, utf8.RuneError) {
			return cty.NilVal, function.NewArgError(0, errCharset)
		}
		return cty.StringVal(decoded), nil
	}, "source", "encoding")
}

func unknownCharset(name string) cty.Value {
	return unknown(cty.String, "drlint does not know the character encoding "+name)
}

func encodeUTF8(text string) ([]byte, error) { return []byte(text), nil }

func decodeUTF8(raw []byte) (string, error) { return strings.ToValidUTF8(string(raw), "\uFFFD"), nil }

// charsetUTF16 writes the mark before the text and takes it away when reading;
// then it also says which byte comes first.
func charsetUTF16(order binary.AppendByteOrder, mark string) charset {
	return charset{
		encode: func(text string) ([]byte, error) {
			raw := []byte(mark)
			for _, unit := range utf16.Encode([]rune(text)) {
				raw = order.AppendUint16(raw, unit)
			}
			return raw, nil
		},
		decode: func(raw []byte) (string, error) { return decodeUTF16(raw, order, mark) },
	}
}

func decodeUTF16(raw []byte, order binary.AppendByteOrder, mark string) (string, error) {
	if len(raw)%2 != 0 {
		return "", errCharset
	}
	first := order.String() == "BigEndian"
	if mark != "" && len(raw) >= 2 {
		switch string(raw[:2]) {
		case "\xfe\xff":
			raw = raw[2:]
		case "\xff\xfe":
			raw, first = raw[2:], false
		}
	}
	units := make([]uint16, len(raw)/2)
	for i := range units {
		if first {
			units[i] = binary.BigEndian.Uint16(raw[2*i:])
		} else {
			units[i] = binary.LittleEndian.Uint16(raw[2*i:])
		}
	}
	return string(utf16.Decode(units)), nil
}

func encodeLatin1(text string) ([]byte, error) { return encodeBytes(text, 0xff) }

func encodeASCII(text string) ([]byte, error) { return encodeBytes(text, 0x7f) }

func encodeBytes(text string, last rune) ([]byte, error) {
	raw := make([]byte, 0, len(text))
	for _, char := range text {
		if char > last {
			return nil, errCharset
		}
		raw = append(raw, byte(char))
	}
	return raw, nil
}

func decodeLatin1(raw []byte) (string, error) {
	chars := make([]rune, len(raw))
	for i, b := range raw {
		chars[i] = rune(b)
	}
	return string(chars), nil
}

func decodeASCII(raw []byte) (string, error) {
	for _, b := range raw {
		if b > 0x7f {
			return "", errCharset
		}
	}
	return string(raw), nil
}

package functions

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"hash"
	"io"
	"strings"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// digest is a hash function and how its result is written.
type digest struct {
	new    func() hash.Hash
	encode func([]byte) string
}

// digests are keyed by the function that hashes a string; "file" before the
// name hashes a file.
func digests() map[string]digest {
	inBase64 := base64.StdEncoding.EncodeToString
	return map[string]digest{
		"md5":          {md5.New, hex.EncodeToString},
		"sha1":         {sha1.New, hex.EncodeToString},
		"sha256":       {sha256.New, hex.EncodeToString},
		"sha512":       {sha512.New, hex.EncodeToString},
		"base64sha256": {sha256.New, inBase64},
		"base64sha512": {sha512.New, inBase64},
	}
}

func hashFunctions() map[string]entry {
	all := map[string]entry{"uuidv5": {fn: uuidV5()}}
	for name, d := range digests() {
		all[name] = entry{fn: textToText("str", func(text string) string {
			h := d.new()
			io.WriteString(h, text) //nolint:errcheck // a hash takes everything
			return d.encode(h.Sum(nil))
		})}
	}
	return all
}

// Name spaces of RFC 9562, section 6.6. They differ in one byte.
const nameSpace = "6ba7b81?-9dad-11d1-80b4-00c04fd430c8"

func uuidV5() function.Function {
	spaces := map[string]string{"dns": "0", "url": "1", "oid": "2", "x500": "4"}
	return ofText(cty.String, func(in []string) (cty.Value, error) {
		space := in[0]
		if digit, ok := spaces[space]; ok {
			space = strings.Replace(nameSpace, "?", digit, 1)
		}
		seed, ok := parseUUID(space)
		if !ok {
			return cty.NilVal, function.NewArgErrorf(0, "%q is neither a UUID nor dns, url, oid or x500", in[0])
		}
		h := sha1.New()
		h.Write(seed)
		io.WriteString(h, in[1]) //nolint:errcheck // a hash takes everything
		return cty.StringVal(formatUUID(h.Sum(nil)[:16])), nil
	}, "namespace", "name")
}

// formatUUID writes a hash as a UUID of version 5.
func formatUUID(id []byte) string {
	id[6] = id[6]&0x0f | 5<<4
	id[8] = id[8]&0x3f | 0x80
	text := hex.EncodeToString(id)
	return strings.Join([]string{text[:8], text[8:12], text[12:16], text[16:20], text[20:]}, "-")
}

// parseUUID takes the usual form, with urn:uuid: before it or braces around it,
// and one without hyphens.
func parseUUID(text string) ([]byte, bool) {
	const urn = "urn:uuid:"
	if len(text) > len(urn) && strings.EqualFold(text[:len(urn)], urn) {
		text = text[len(urn):]
	} else if len(text) == 38 && text[0] == '{' && text[37] == '}' {
		text = text[1:37]
	}
	if len(text) == 36 && text[8] == '-' && text[13] == '-' && text[18] == '-' && text[23] == '-' {
		text = text[:8] + text[9:13] + text[14:18] + text[19:23] + text[24:]
	}
	id, err := hex.DecodeString(text)
	return id, err == nil && len(id) == 16
}

package functions

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"errors"
	"io"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"github.com/drlint/drlint/internal/guard"
)

func encodingFunctions() map[string]entry {
	return map[string]entry{
		"base64decode":     {fn: base64Decode()},
		"base64encode":     {fn: textToText("str", func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) })},
		"base64gunzip":     {fn: base64Gunzip(), bound: boundGunzip},
		"base64gzip":       {fn: base64Gzip()},
		"csvdecode":        {fn: stdlib.CSVDecodeFunc, bound: boundCSV},
		"jsondecode":       {fn: stdlib.JSONDecodeFunc, bound: boundJSON},
		"jsonencode":       {fn: stdlib.JSONEncodeFunc},
		"textdecodebase64": {fn: textDecodeBase64()},
		"textencodebase64": {fn: textEncodeBase64()},
		"urldecode":        {fn: urlDecode()},
		"urlencode":        {fn: textToText("str", url.QueryEscape)},
	}
}

var errNotUTF8 = errors.New("the result is not valid UTF-8")

func base64Decode() function.Function {
	return ofText(cty.String, func(in []string) (cty.Value, error) {
		decoded, err := fromBase64(in[0])
		if err != nil {
			return cty.NilVal, err
		}
		if !utf8.Valid(decoded) {
			return cty.NilVal, function.NewArgError(0, errNotUTF8)
		}
		return cty.StringVal(string(decoded)), nil
	}, "str")
}

// fromBase64 keeps the text out of the message: it may be a secret.
func fromBase64(text string) ([]byte, error) {
	decoded, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, function.NewArgErrorf(0, "not valid base64: %s", err)
	}
	return decoded, nil
}

func base64Gzip() function.Function {
	return ofText(cty.String, func(in []string) (cty.Value, error) {
		var packed bytes.Buffer
		w := gzip.NewWriter(&packed)
		// The flush shows in the result; Terraform does it too.
		_, err := io.WriteString(w, in[0])
		if err := errors.Join(err, w.Flush(), w.Close()); err != nil {
			return cty.NilVal, err
		}
		return cty.StringVal(base64.StdEncoding.EncodeToString(packed.Bytes())), nil
	}, "str")
}

func base64Gunzip() function.Function {
	return ofText(cty.String, func(in []string) (cty.Value, error) {
		unpacked, err := io.ReadAll(gunzip(in[0]))
		if err != nil {
			return cty.NilVal, function.NewArgErrorf(0, "cannot be unpacked: %s", err)
		}
		if !utf8.Valid(unpacked) {
			return cty.NilVal, function.NewArgError(0, errNotUTF8)
		}
		return cty.StringVal(string(unpacked)), nil
	}, "str")
}

// boundGunzip unpacks up to the limit and keeps nothing.
func boundGunzip(c *call) string {
	text, ok := c.text(0)
	if !ok {
		return ""
	}
	length, err := io.Copy(io.Discard, io.LimitReader(gunzip(text), int64(c.limit.Bytes)+1))
	if err == nil && length > int64(c.limit.Bytes) {
		return c.tooLong()
	}
	return c.budget.spend(length / bytesPerStep)
}

// gunzip returns a reader whose first use reports what is wrong with the text.
func gunzip(text string) io.Reader {
	r, err := gzip.NewReader(base64.NewDecoder(base64.StdEncoding, strings.NewReader(text)))
	if err != nil {
		return failing{err}
	}
	return r
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func urlDecode() function.Function {
	return ofText(cty.String, func(in []string) (cty.Value, error) {
		decoded, err := url.QueryUnescape(in[0])
		if err != nil {
			return cty.NilVal, function.NewArgError(0, err)
		}
		return cty.StringVal(decoded), nil
	}, "str")
}

// boundCSV counts the cells: their separators, quoted ones included.
func boundCSV(c *call) string {
	text, _ := c.text(0)
	if strings.Count(text, ",")+strings.Count(text, "\n") >= c.limit.Elements {
		return c.tooMany()
	}
	return ""
}

// boundJSON counts the values from above by what separates or holds them, and
// keeps the nesting within what decoding can recurse into.
func boundJSON(c *call) string {
	text, ok := c.text(0)
	if !ok {
		return ""
	}
	if strings.Count(text, ",")+strings.Count(text, "[")+strings.Count(text, "{") >= c.limit.Elements {
		return c.tooMany()
	}
	if why := c.guarded(text, guard.JSON); why != "" {
		return why
	}
	return c.budget.spend(int64(len(text)))
}

// guarded returns why a text must not be parsed, if so.
func (c *call) guarded(text string, limits guard.Limits) string {
	if problem := guard.Check("", []byte(text), limits); problem != nil {
		return "the text given to " + c.name + "() cannot be read: " + problem.Summary
	}
	return ""
}

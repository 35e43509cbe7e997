package yaml

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"go.yaml.in/yaml/v3"
)

type node = yaml.Node

// parse returns the root of the one document of text. The parser's own panics
// about malformed input become errors.
func parse(text []byte) (root *node, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			root, err = nil, fmt.Errorf("the parser gave up: %v", cause)
		}
	}()
	var document, more node
	decoder := yaml.NewDecoder(bytes.NewReader(withoutVersion(text)))
	if err := decoder.Decode(&document); err != nil {
		return nil, err
	}
	// The parser stops after a document without looking at what follows it.
	switch err := decoder.Decode(&more); {
	case err == nil:
		return nil, errors.New("there is content after the end of the document")
	case !errors.Is(err, io.EOF):
		return nil, err
	}
	return document.Content[0], nil
}

// withoutVersion makes comments of %YAML directives: the parser refuses
// version 1.2, which it reads well enough.
func withoutVersion(text []byte) []byte {
	const directive = "%YAML"
	if !bytes.HasPrefix(text, []byte(directive)) && !bytes.Contains(text, []byte("\n"+directive)) {
		return text
	}
	text = bytes.Clone(text)
	for at := 0; at < len(text) && marker(text[at:]) == ""; {
		if bytes.HasPrefix(text[at:], []byte(directive)) {
			text[at] = '#'
		}
		newline := bytes.IndexByte(text[at:], '\n')
		if newline < 0 {
			break
		}
		at += newline + 1
	}
	return text
}

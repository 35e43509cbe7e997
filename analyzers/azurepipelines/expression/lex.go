package expression

import (
	"strconv"
	"strings"
)

type kind uint8

const (
	end kind = iota
	name
	number
	text
	symbol
)

// token is one word of the language; text holds a string without its quotes.
type token struct {
	kind kind
	text string
	num  float64
}

func lex(input string) ([]token, error) {
	var tokens []token
	for at := 0; at < len(input); {
		c := input[at]
		if c == ' ' || c == '\t' || c == '\r' || c == '\n' {
			at++
			continue
		}
		t, length, err := next(input[at:])
		if err != nil {
			return nil, err
		}
		tokens = append(tokens, t)
		if len(tokens) > maxTokens {
			return nil, errorf("it has more than %d words", maxTokens)
		}
		at += length
	}
	return append(tokens, token{kind: end, text: "the end"}), nil
}

func next(input string) (token, int, error) {
	switch c := input[0]; {
	case c == '\'':
		return quoted(input)
	case isLetter(c):
		length := 1
		for length < len(input) && (isLetter(input[length]) || isDigit(input[length]) || input[length] == '-') {
			length++
		}
		return token{kind: name, text: input[:length]}, length, nil
	case isDigit(c), (c == '-' || c == '+' || c == '.') && len(input) > 1 && isDigit(input[1]):
		return figure(input)
	case strings.IndexByte("()[].,*", c) >= 0:
		return token{kind: symbol, text: input[:1]}, 1, nil
	}
	for _, c := range input {
		return token{}, 0, errorf("%q is not expected", c)
	}
	return token{}, 0, errorf("it ends too early")
}

func quoted(input string) (token, int, error) {
	var b strings.Builder
	for at := 1; at < len(input); at++ {
		if input[at] != '\'' {
			b.WriteByte(input[at])
			continue
		}
		if at+1 < len(input) && input[at+1] == '\'' {
			b.WriteByte('\'')
			at++
			continue
		}
		return token{kind: text, text: b.String()}, at + 1, nil
	}
	return token{}, 0, errorf("a quote is not closed")
}

// figure reads a number, or a version such as 1.2.3, which is a text here.
func figure(input string) (token, int, error) {
	length := 1
	for length < len(input) && (isDigit(input[length]) || input[length] == '.') {
		length++
	}
	literal := input[:length]
	if strings.Count(literal, ".") > 1 && !strings.Contains(literal, "..") {
		return token{kind: text, text: literal}, length, nil
	}
	n, err := strconv.ParseFloat(literal, 64)
	if err != nil {
		return token{}, 0, errorf("%q is not a number", literal)
	}
	return token{kind: number, text: literal, num: n}, length, nil
}

func isLetter(c byte) bool { return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
func isDigit(c byte) bool  { return c >= '0' && c <= '9' }

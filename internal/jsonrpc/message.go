// Package jsonrpc reads and writes JSON-RPC 2.0 messages with the header that
// the Language Server Protocol puts before each. It survives what is no message:
// a reader says what was wrong and goes on with the next.
package jsonrpc

import (
	"bytes"
	"encoding/json"
)

// Message is a request (ID and Method), a notification (Method) or a response
// (ID, and Result or Error).
type Message struct {
	Version string          `json:"jsonrpc"`
	ID      json.RawMessage `json:"id,omitempty"` // a number or a text, as it came
	Method  string          `json:"method,omitempty"`
	Params  json.RawMessage `json:"params,omitempty"`
	Result  json.RawMessage `json:"result,omitempty"`
	Error   *Error          `json:"error,omitempty"`
}

// IsRequest reports whether somebody waits for a response.
func (m *Message) IsRequest() bool { return m.Method != "" && m.ID != nil }

// IsResponse reports whether the message answers a request.
func (m *Message) IsResponse() bool { return m.Method == "" && m.ID != nil }

// Error is why a request failed.
type Error struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

func (e *Error) Error() string { return e.Message }

// The codes of JSON-RPC and of the Language Server Protocol.
const (
	ParseError           = -32700
	InvalidRequest       = -32600
	MethodNotFound       = -32601
	InvalidParams        = -32602
	InternalError        = -32603
	ServerNotInitialized = -32002
	RequestCancelled     = -32800
)

// null is the ID of a response to what could not be understood.
var null = json.RawMessage("null")

// parse reads one message.
func parse(body []byte) (*Message, error) {
	var m Message
	if !json.Valid(body) {
		return nil, &Error{ParseError, "the message is no valid JSON"}
	}
	if err := json.Unmarshal(body, &m); err != nil {
		return nil, &Error{InvalidRequest, "the message is no JSON-RPC object: " + err.Error()}
	}
	if bytes.Equal(m.ID, null) {
		m.ID = nil
	}
	switch {
	case m.Version != "2.0":
		return nil, &Error{InvalidRequest, `the message does not say "jsonrpc": "2.0"`}
	case m.ID != nil && !isID(m.ID):
		return nil, &Error{InvalidRequest, "the ID of a request is a number or a text"}
	case m.Method == "" && m.ID == nil && m.Error == nil:
		return nil, &Error{InvalidRequest, "the message has neither a method nor an ID"}
	}
	return &m, nil
}

func isID(id json.RawMessage) bool {
	return id[0] == '"' || id[0] == '-' || id[0] >= '0' && id[0] <= '9'
}

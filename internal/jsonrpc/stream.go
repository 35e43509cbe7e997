package jsonrpc

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// most is the largest message that is read: an editor sends whole files.
const most = 64 << 20

// Reader reads messages one after the other.
type Reader struct{ in *bufio.Reader }

// NewReader reads from in.
func NewReader(in io.Reader) *Reader { return &Reader{bufio.NewReaderSize(in, 64<<10)} }

// Read returns the next message. An *Error says that there was one which cannot
// be understood, and that reading may go on; any other error ends the stream.
func (r *Reader) Read() (*Message, error) {
	length, err := r.header()
	if err != nil {
		return nil, err
	}
	if length > most {
		if _, err := io.CopyN(io.Discard, r.in, length); err != nil {
			return nil, err
		}
		return nil, &Error{InvalidRequest, fmt.Sprintf("the message is larger than %d bytes", most)}
	}
	var body bytes.Buffer // grows with what comes, not with what is promised
	if _, err := io.CopyN(&body, r.in, length); err != nil {
		return nil, err
	}
	return parse(body.Bytes())
}

// header reads to the blank line before the body. Lines that are no field are
// passed over, so that a reader which lost its place finds the next message.
func (r *Reader) header() (int64, error) {
	length, fields := int64(-1), 0
	for {
		line, err := r.line()
		if err != nil {
			return 0, err
		}
		name, value, isField := strings.Cut(line, ":")
		switch {
		case line == "" && fields == 0:
		case line == "" && length < 0:
			return 0, &Error{ParseError, "the header of the message has no valid Content-Length"}
		case line == "":
			return length, nil
		default:
			fields++
		}
		if isField && strings.EqualFold(strings.TrimSpace(name), "Content-Length") {
			length = -1
			if n, err := strconv.ParseInt(strings.TrimSpace(value), 10, 64); err == nil && n >= 0 {
				length = n
			}
		}
	}
}

// line returns the next line without its end; of a line that is longer than any
// header, the first part.
func (r *Reader) line() (string, error) {
	first, err := r.in.ReadSlice('\n')
	line := strings.TrimRight(string(first), "\r\n")
	for errors.Is(err, bufio.ErrBufferFull) {
		_, err = r.in.ReadSlice('\n')
	}
	return line, err
}

// Writer writes messages. It must not be used concurrently.
type Writer struct{ out io.Writer }

// NewWriter writes to out.
func NewWriter(out io.Writer) *Writer { return &Writer{out} }

// Notify sends a notification.
func (w *Writer) Notify(method string, params any) error {
	return w.send(&Message{Method: method}, params, nil)
}

// Call sends a request.
func (w *Writer) Call(id int, method string, params any) error {
	return w.send(&Message{ID: json.RawMessage(strconv.Itoa(id)), Method: method}, params, nil)
}

// Respond answers a request; a nil result is null.
func (w *Writer) Respond(id json.RawMessage, result any) error {
	if result == nil {
		result = null
	}
	return w.send(&Message{ID: id}, nil, result)
}

// Fail answers a request with an error. Without an ID it answers what was no request.
func (w *Writer) Fail(id json.RawMessage, failure *Error) error {
	if id == nil {
		id = null
	}
	return w.send(&Message{ID: id, Error: failure}, nil, nil)
}

func (w *Writer) send(m *Message, params, result any) error {
	m.Version = "2.0"
	var err error
	if m.Params, err = raw(params); err != nil {
		return err
	}
	if m.Result, err = raw(result); err != nil {
		return err
	}
	body, err := raw(m)
	if err != nil {
		return err
	}
	_, err = w.out.Write(append(fmt.Appendf(nil, "Content-Length: %d\r\n\r\n", len(body)), body...))
	return err
}

// raw encodes a value without escaping what only HTML would mind.
func raw(value any) (json.RawMessage, error) {
	if value == nil {
		return nil, nil
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

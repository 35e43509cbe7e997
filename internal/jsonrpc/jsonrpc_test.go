package jsonrpc_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/drlint/drlint/internal/jsonrpc"
)

func framed(bodies ...string) string {
	var b strings.Builder
	for _, body := range bodies {
		fmt.Fprintf(&b, "Content-Length: %d\r\n\r\n%s", len(body), body)
	}
	return b.String()
}

// read shows what a stream holds, one line a message.
func read(t *testing.T, stream string) (seen []string) {
	t.Helper()
	r := jsonrpc.NewReader(strings.NewReader(stream))
	for {
		m, err := r.Read()
		var flaw *jsonrpc.Error
		switch {
		case errors.As(err, &flaw):
			seen = append(seen, fmt.Sprintf("error %d", flaw.Code))
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return seen
		case err != nil:
			t.Fatal(err)
		default:
			seen = append(seen, strings.TrimSpace(fmt.Sprintf("%s %s %s", m.ID, m.Method, m.Params)))
		}
	}
}

func TestReaderSurvivesWhatIsNoMessage(t *testing.T) {
	good := `{"jsonrpc":"2.0","method":"exit"}`
	for name, c := range map[string]struct {
		stream string
		want   []string
	}{
		"messages":        {framed(`{"jsonrpc":"2.0","id":"a","method":"m","params":[1]}`, good), []string{`"a" m [1]`, "exit"}},
		"other fields":    {"content-type: x\ncontent-length:33\n\n" + good, []string{"exit"}},
		"no JSON":         {framed("{", good), []string{"error -32700", "exit"}},
		"batch":           {framed("[]", good), []string{"error -32600", "exit"}},
		"wrong types":     {framed(`{"jsonrpc":"2.0","id":{},"method":"m"}`, `{"jsonrpc":"2.0","method":7}`, good), []string{"error -32600", "error -32600", "exit"}},
		"old version":     {framed(`{"method":"m"}`, good), []string{"error -32600", "exit"}},
		"no length":       {"Content-Type: x\r\n\r\n" + framed(good), []string{"error -32700", "exit"}},
		"wrong length":    {"Content-Length: -5\r\n\r\nContent-Length: 1e9\r\n\r\n" + framed(good), []string{"error -32700", "error -32700", "exit"}},
		"garbage":         {strings.Repeat("garbage", 20_000) + "\n" + framed(good), []string{"exit"}},
		"promised length": {"Content-Length: 60000000\r\n\r\n{", nil},
		"huge length":     {"Content-Length: 9000000000000000000\r\n\r\n{", nil},
	} {
		if diff := cmp.Diff(c.want, read(t, c.stream)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestWriterFramesWhatReadersRead(t *testing.T) {
	var b bytes.Buffer
	w := jsonrpc.NewWriter(&b)
	for _, err := range []error{
		w.Notify("n", map[string]string{"text": "<é😀>"}), w.Call(7, "c", nil), w.Respond([]byte(`"x"`), nil),
		w.Fail(nil, &jsonrpc.Error{Code: jsonrpc.ParseError, Message: "no"}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if !strings.Contains(b.String(), "Content-Length: 59\r\n\r\n") || !strings.Contains(b.String(), "<é😀>") {
		t.Errorf("got %q", b.String())
	}
	if diff := cmp.Diff([]string{`n {"text":"<é😀>"}`, "7 c", `"x"`, ""}, read(t, b.String())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func FuzzReader(f *testing.F) {
	for _, seed := range []string{framed(`{"jsonrpc":"2.0","id":1,"method":"m"}`), "Content-Length: x\r\n\r\n", "Content-Length: 3\n\n{}\n", "\r\n\r\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, stream []byte) {
		r := jsonrpc.NewReader(bytes.NewReader(stream))
		for range len(stream) + 1 {
			m, err := r.Read()
			var flaw *jsonrpc.Error
			if err == nil && m.IsRequest() == m.IsResponse() && m.IsRequest() {
				t.Fatal("a message is both a request and a response")
			}
			if err != nil && !errors.As(err, &flaw) {
				return
			}
		}
		t.Fatal("the stream does not end")
	})
}

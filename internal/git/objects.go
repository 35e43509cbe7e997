package git

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"time"
)

// objects is a running "git cat-file --batch", which is started when it is first
// asked and answers one question after the other.
type objects struct {
	mu      sync.Mutex
	process *exec.Cmd
	ask     io.WriteCloser
	answers *bufio.Reader
	said    *limited
	broken  error
}

var errMissing = errors.New("the object is missing")

// Blob returns the content of a blob, or its size alone when it is larger than
// most. An object that a partial clone has not fetched is a RefusalError.
func (r *Repository) Blob(ctx context.Context, id string, most int64) (data []byte, size int64, err error) {
	_, data, size, err = r.objects.read(ctx, r, id, most)
	if errors.Is(err, errMissing) {
		return nil, 0, partial(id)
	}
	return data, size, err
}

// Close ends the program.
func (r *Repository) Close() {
	o := &r.objects
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.process != nil {
		_ = o.ask.Close()
		_ = o.process.Wait()
		o.process = nil
	}
}

// commit returns the ID of the commit that a revision names. A name reaches git
// as input, where nothing is taken for an option.
func (o *objects) commit(ctx context.Context, r *Repository, revision string) (string, error) {
	id, _, _, err := o.read(ctx, r, revision+"^{commit}", 0)
	return id, err
}

// start runs the program until Close: its context ends with no single question.
func (o *objects) start(ctx context.Context, r *Repository) error {
	if o.process != nil || o.broken != nil {
		return o.broken
	}
	cmd := r.command(context.WithoutCancel(ctx), "cat-file", "--batch")
	ask, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	answers, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	o.said = &limited{most: 64 << 10}
	cmd.Stderr = o.said
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("git cat-file: %w", err)
	}
	o.process, o.ask, o.answers = cmd, ask, bufio.NewReaderSize(answers, 64<<10)
	return nil
}

func (o *objects) read(ctx context.Context, r *Repository, name string, most int64) (id string, data []byte, size int64, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if err := o.start(ctx, r); err != nil {
		return "", nil, 0, err
	}
	process := o.process.Process
	late := time.AfterFunc(deadline, func() { _ = process.Kill() })
	defer late.Stop()
	defer context.AfterFunc(ctx, func() { _ = process.Kill() })()
	id, data, size, err = o.exchange(name, most)
	if err != nil && !errors.Is(err, errMissing) {
		o.broken = o.ended(name, err)
		return "", nil, 0, o.broken
	}
	return id, data, size, err
}

// ended says why the program went away. It does not survive the question for an
// object that a partial clone would have to fetch.
func (o *objects) ended(name string, err error) error {
	_ = o.ask.Close()
	_ = o.process.Wait()
	o.process = nil
	switch said := o.said.String(); {
	case strings.Contains(said, "promisor"):
		return partial(name)
	case said != "":
		return fmt.Errorf("git cat-file: %s", firstLine(said))
	default:
		return fmt.Errorf("git cat-file: %w", err)
	}
}

// partial says that a clone was made without the content of files.
func partial(id string) error {
	return refuse("the object %s is not in this clone, which is partial: clone without --filter, or fetch it (git fetch --refetch --no-filter)", id)
}

func (o *objects) exchange(name string, most int64) (id string, data []byte, size int64, err error) {
	if _, err := io.WriteString(o.ask, name+"\n"); err != nil {
		return "", nil, 0, err
	}
	header, err := o.answers.ReadString('\n')
	if err != nil {
		return "", nil, 0, err
	}
	header = strings.TrimSuffix(header, "\n")
	if strings.HasSuffix(header, " missing") || strings.HasSuffix(header, " ambiguous") {
		return "", nil, 0, errMissing
	}
	fields := strings.Split(header, " ")
	if len(fields) != 3 {
		return "", nil, 0, fmt.Errorf("the answer %q cannot be read", header)
	}
	if size, err = strconv.ParseInt(fields[2], 10, 64); err != nil || size < 0 {
		return "", nil, 0, fmt.Errorf("the answer %q cannot be read", header)
	}
	if size <= most {
		data = make([]byte, size)
		_, err = io.ReadFull(o.answers, data)
	} else {
		_, err = io.CopyN(io.Discard, o.answers, size)
	}
	if err == nil {
		_, err = o.answers.Discard(1) // the line feed behind the content
	}
	return fields[0], data, size, err
}

package lsp

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/source"
)

// Scan scans the repository at a directory as it would be if the unsaved texts,
// by path below it, were written.
type Scan func(ctx context.Context, dir string, unsaved map[string][]byte) (*Outcome, error)

// Outcome is what a scan has to say.
type Outcome struct {
	Findings    []finding.Finding
	Diagnostics []source.Diagnostic
	// Invalid means that the configuration or the users' own rules cannot be used,
	// which the diagnostics tell; nothing was judged.
	Invalid bool
	// Config is the path of the configuration that further entries belong into,
	// whether it exists or not; empty when it lies outside of the repository.
	Config string
	// Files is the file system that was scanned; Close ends its use.
	Files fs.FS
	Close func()
}

// root is a repository of which at least one file is open. At most one scan of
// it runs at a time.
type root struct {
	server *server
	dir    string
	// shown is the directory as the editor writes it, slash-separated: links on the
	// way to it are not followed there.
	shown string
	docs  map[string]*document // by path below the root
	due   map[string]bool      // files of which the editor awaits news
	// asked counts everything that may change what a scan says.
	asked  int
	timer  *time.Timer
	cancel context.CancelFunc // of the running scan; nil when none runs
	seen   int                // what of asked the running scan takes into account
	again  bool               // the running scan is outdated, and its successor is due
	last   *scanned
	sent   map[string]sent // by path below the root
	// flawed are the files that the problems of a configuration were published for.
	flawed map[string]bool
	gone   bool
}

func newRoot(s *server, dir string) *root {
	return &root{
		server: s, dir: dir, shown: strings.TrimSuffix(filepath.ToSlash(dir), "/"),
		docs: map[string]*document{}, due: map[string]bool{}, sent: map[string]sent{}, flawed: map[string]bool{},
	}
}

// current reports whether the last scan saw what the editor shows.
func (r *root) current() bool { return r.last != nil && r.last.asked == r.asked }

func (r *root) holds(name string) bool {
	return name == filepath.FromSlash(r.shown) || strings.HasPrefix(filepath.ToSlash(name), r.shown+"/")
}

// uri is the URI of a file: as the editor wrote it when the file is open.
func (r *root) uri(file string) string {
	if d := r.docs[file]; d != nil {
		return d.uri
	}
	return uriOf(path.Join(r.shown, file))
}

// request has the root scanned when nothing was asked for some time. What a
// running scan would say is outdated.
func (r *root) request(quiet time.Duration) {
	r.asked++
	if r.cancel != nil {
		r.cancel()
	}
	if r.timer != nil {
		r.timer.Stop()
	}
	r.timer = time.AfterFunc(quiet, func() { r.server.post(r.start) })
}

// stop ends the work for a root that nobody looks at any more.
func (r *root) stop() {
	r.gone = true
	if r.timer != nil {
		r.timer.Stop()
	}
	if r.cancel != nil {
		r.cancel()
	}
}

// start scans now, or as soon as the running scan has ended.
func (r *root) start() {
	switch {
	case r.gone || r.current() || r.cancel != nil && r.seen == r.asked:
		return
	case r.cancel != nil:
		r.cancel()
		r.again = true
		return
	}
	if r.timer != nil {
		r.timer.Stop()
	}
	ctx, cancel := context.WithCancel(r.server.ctx)
	r.cancel, r.seen = cancel, r.asked
	snapshot := r.snapshot()
	progress := r.server.watch(r)
	go func() {
		done, err := r.scan(ctx, snapshot)
		r.server.post(func() {
			cancel()
			progress.end()
			r.finish(snapshot.asked, done, err)
		})
	}()
}

// snapshot is what a scan works with, which no longer changes.
type snapshot struct {
	asked  int
	texts  map[string]*text
	client client
	uri    func(file string) string
}

func (r *root) snapshot() snapshot {
	shot := snapshot{asked: r.asked, texts: map[string]*text{}, client: r.server.client}
	uris := map[string]string{}
	for file, d := range r.docs {
		shot.texts[file], uris[file] = d.text, d.uri
	}
	shown := r.shown
	shot.uri = func(file string) string {
		if uri, ok := uris[file]; ok {
			return uri
		}
		return uriOf(path.Join(shown, file))
	}
	return shot
}

// scan runs beside the goroutine that owns the state. A fault in it ends the
// scan, not the server.
func (r *root) scan(ctx context.Context, shot snapshot) (done *scanned, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("the scan of %s failed, which is a bug of drlint: %v", r.dir, fault)
		}
	}()
	unsaved := map[string][]byte{}
	for file, t := range shot.texts {
		unsaved[file] = t.data
	}
	outcome, err := r.server.Scan(ctx, r.dir, unsaved)
	if err != nil {
		return nil, err
	}
	defer outcome.Close()
	return newScanned(shot, outcome, r.server.Unknown), nil
}

// finish publishes what a scan says, unless it is outdated.
func (r *root) finish(asked int, done *scanned, err error) {
	again := r.again
	r.cancel, r.again = nil, false
	switch {
	case r.gone:
	case asked != r.asked:
		if again {
			r.start()
		}
	case err != nil:
		r.server.tell(err.Error())
		r.last = &scanned{asked: asked}
		r.server.answer(r)
	default:
		r.last = done
		r.publish(done)
		r.server.answer(r)
	}
}

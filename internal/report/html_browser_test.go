package report_test

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/drlint/drlint/internal/report"
)

// startBrowser starts a real browser without a network and with an empty
// profile. Where there is none, the test is skipped; continuous integration has one.
func startBrowser(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("opening the page in a browser takes seconds")
	}
	allocator, stop := chromedp.NewExecAllocator(context.Background(),
		chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck,
		chromedp.UserDataDir(t.TempDir()), chromedp.WindowSize(1280, 900),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND"),
	)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	err := chromedp.Do(ctx)
	switch {
	case err == nil:
		return ctx
	case strings.Contains(err.Error(), "executable file not found") && os.Getenv("CI") != "true":
		t.Skip("no Chromium on this machine, so the page is not opened in one:", err)
	default:
		t.Fatal("no browser: ", err)
	}
	return nil
}

// step is what is done to a page.
type step = chromedp.Action[chromedp.Void]

// command makes a step of a command of the protocol.
func command[P, R any](c cdp.Command[P, R], params P) step {
	return func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, c, params)
		return chromedp.Void{}, err
	}
}

// tab is one page in a browser and what the browser says about it.
type tab struct {
	t       *testing.T
	ctx     context.Context
	address string

	mu       sync.Mutex
	troubles []string // errors, refusals of the policy, dialogs
	requests []string
}

// open shows a report in a tab of its own. When the test ends, nothing may have
// gone wrong in it and nothing but the file may have been asked for.
func open(t *testing.T, parent context.Context, r *report.Report, first ...step) *tab {
	t.Helper()
	var b bytes.Buffer
	if err := report.HTML(&b, r, report.Options{}); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := chromedp.NewContext(parent)
	t.Cleanup(cancel)
	ctx, expire := context.WithTimeout(ctx, 2*time.Minute) // only a hang takes as long
	t.Cleanup(expire)
	p := &tab{t: t, ctx: ctx, address: (&url.URL{Scheme: "file", Path: filepath.ToSlash(file)}).String()}
	if err := chromedp.Listen(ctx, p.listen); err != nil {
		t.Fatal(err)
	}
	p.do(command(network.Enable, network.EnableParams{}), command(log.Enable, cdp.Empty{}), command(runtime.Enable, cdp.Empty{}))
	p.do(first...)
	p.visit("")
	t.Cleanup(p.check)
	return p
}

func (p *tab) listen(event any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		p.requests = append(p.requests, e.Request.URL)
	case *log.EventEntryAdded:
		p.troubles = append(p.troubles, e.Entry.Text)
	case *runtime.EventConsoleAPICalled:
		p.troubles = append(p.troubles, "the console was written to: "+string(e.Type))
	case *runtime.EventExceptionThrown:
		p.troubles = append(p.troubles, "an error: "+e.ExceptionDetails.Text)
	case *page.EventJavascriptDialogOpening:
		p.troubles = append(p.troubles, "a dialog opened: "+e.Message)
	}
}

func (p *tab) check() {
	p.t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, trouble := range p.troubles {
		p.t.Error(trouble)
	}
	for _, request := range p.requests {
		before, _, _ := strings.Cut(request, "#")
		if before != p.address && !strings.HasPrefix(request, "data:") {
			p.t.Errorf("the page asked for %s", request)
		}
	}
	if len(p.requests) == 0 {
		p.t.Error("no request was seen, not even that of the page")
	}
}

func (p *tab) do(steps ...step) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, steps...); err != nil {
		p.t.Fatal(err)
	}
}

// visit loads the page anew, with a fragment.
func (p *tab) visit(fragment string) {
	p.t.Helper()
	address := p.address
	if fragment != "" {
		address += "#" + fragment
	}
	p.do(chromedp.Navigate("about:blank"), chromedp.Navigate(address))
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, request := range p.requests {
		if request == "about:blank" {
			p.requests[i] = p.address
		}
	}
}

// eval returns what an expression is worth in the page.
func eval[T any](p *tab, expression string) T {
	p.t.Helper()
	value, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		p.t.Fatalf("%s: %v", expression, err)
	}
	return value
}

// click presses the mouse on an element.
func (p *tab) click(selector string) {
	p.t.Helper()
	p.do(chromedp.Click(chromedp.CSS(selector)))
}

// write types into an element.
func (p *tab) write(selector, text string) {
	p.t.Helper()
	p.do(chromedp.SendKeys(chromedp.CSS(selector), text))
}

// choose sets what a list of choices is set to.
func (p *tab) choose(selector, value string) {
	p.t.Helper()
	p.do(chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`{const s = document.querySelector(%q); s.value = %q; s.dispatchEvent(new Event("change"))}`, selector, value)))
}

// until waits for an expression to become true.
func (p *tab) until(expression string) {
	p.t.Helper()
	p.do(chromedp.Poll[chromedp.Void](expression, chromedp.WithPollingTimeout(20*time.Second), chromedp.WithPollingInterval(20*time.Millisecond)))
}

// press types a key into what has the focus.
func (p *tab) press(keys string) {
	p.t.Helper()
	p.do(chromedp.KeyEvent(keys))
}

// slash types a slash as keyboards do: with one event, which a page can keep
// from becoming a letter.
func (p *tab) slash() {
	p.t.Helper()
	p.do(
		command(input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: "/", Code: "Slash", Text: "/", UnmodifiedText: "/"}),
		command(input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyUp, Key: "/", Code: "Slash"}),
	)
}

// showing lists the findings that can be seen, by the end of their fingerprint.
func (p *tab) showing() []string {
	p.t.Helper()
	return eval[[]string](p, `[...document.querySelectorAll(".finding")].filter((f) => f.checkVisibility()).map((f) => f.id)`)
}

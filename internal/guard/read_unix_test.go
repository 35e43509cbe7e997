//go:build unix

package guard

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/drlint/drlint/internal/source"
)

func TestReadNeverOpensANamedPipe(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, "main.tf"), 0o600); err != nil {
		t.Skip("no named pipes here:", err)
	}
	done := make(chan *source.Diagnostic)
	go func() {
		_, problem := Read(os.DirFS(dir), "main.tf", HCL)
		done <- problem
	}()
	select {
	case problem := <-done:
		if problem == nil || problem.Code != "guard/unreadable" {
			t.Errorf("got %+v, want guard/unreadable", problem)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("reading a named pipe hangs")
	}
}

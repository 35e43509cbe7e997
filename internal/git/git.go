// Package git asks the git program about a work tree: which commit a name
// stands for, what a commit or the index holds, and what is in an object. It is
// the only package that runs a program. It asks plumbing commands that read
// objects and the index and never look at files of the work tree, so no filter,
// hook or monitor that a repository configures is ever started, and nothing is
// fetched.
package git

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

const (
	// deadline is how long git may take for one answer.
	deadline = 60 * time.Second
	// mostOutput is the longest list that is read: some two million files.
	mostOutput = 256 << 20
)

// RefusalError is what users can do something about: there is no repository, it
// lacks a revision, or git is not installed.
type RefusalError struct{ Reason string }

func (r *RefusalError) Error() string { return r.Reason }

func refuse(format string, arguments ...any) error {
	return &RefusalError{fmt.Sprintf(format, arguments...)}
}

// Repository is the work tree of Git that holds a directory. It must be closed.
type Repository struct {
	directory string // that commands run in: they list what is below it
	program   string
	prefix    string // of directory in the work tree; it ends in a slash unless it is empty
	index     string // the file
	hooked    bool   // whether a hook was told to use that index
	shallow   bool
	objects   objects
}

// Open finds the repository that holds a directory, which may be any directory
// of the work tree, one of "git worktree" or a submodule included.
func Open(ctx context.Context, directory string) (*Repository, error) {
	program, err := exec.LookPath("git")
	if err != nil {
		return nil, refuse("the program git is needed to know what changed, and it was not found: install it, or check everything")
	}
	r := &Repository{directory: directory, program: program}
	out, err := r.run(ctx, "rev-parse", "--is-inside-work-tree", "--is-shallow-repository", "--show-cdup", "--absolute-git-dir")
	if err != nil {
		return nil, r.notOpened(err)
	}
	answers := strings.SplitN(strings.TrimRight(string(out), "\r\n"), "\n", 4)
	if len(answers) != 4 || answers[0] != "true" {
		return nil, refuse("%s is not in the work tree of a Git repository", directory)
	}
	r.shallow = answers[1] == "true"
	r.prefix = prefixOf(directory, answers[2])
	gitDirectory := filepath.FromSlash(answers[3])
	if r.index = hookIndex(gitDirectory); r.index != "" {
		r.hooked = true
	} else {
		r.index = filepath.Join(gitDirectory, "index")
	}
	return r, nil
}

func (r *Repository) notOpened(err error) error {
	var failed *failure
	switch {
	case !errors.As(err, &failed):
		return err
	case strings.Contains(failed.message, "safe.directory"):
		return refuse("git does not read %s because somebody else owns it: git config --global --add safe.directory '%s'", r.directory, r.directory)
	case strings.Contains(failed.message, "not a git repository"):
		return refuse("%s is not in a Git repository, so nothing is known about what changed", r.directory)
	default:
		return refuse("git cannot read the repository of %s: %s", r.directory, failed.message)
	}
}

// hookIndex is the index that "git commit FILE" and "git commit -a" prepare for
// their hooks, where it lies in the repository that was found.
func hookIndex(gitDirectory string) string {
	index := os.Getenv("GIT_INDEX_FILE")
	if index == "" {
		return ""
	}
	index, err := filepath.Abs(index)
	if err != nil {
		return ""
	}
	if resolved, err := filepath.EvalSymlinks(filepath.Dir(index)); err == nil {
		index = filepath.Join(resolved, filepath.Base(index))
	}
	if below, err := filepath.Rel(gitDirectory, index); err != nil || !filepath.IsLocal(below) {
		return ""
	}
	return index
}

// failure is a command that ended with an error.
type failure struct {
	code    int
	message string // the first line that git said
}

func (f *failure) Error() string { return "git: " + f.message }

// run returns what a command writes.
func (r *Repository) run(ctx context.Context, arguments ...string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	cmd := r.command(ctx, arguments...)
	out, said := &limited{most: mostOutput}, &limited{most: 64 << 10}
	cmd.Stdout, cmd.Stderr = out, said
	err := cmd.Run()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return nil, fmt.Errorf("git %s: %w", arguments[0], ctx.Err())
	case out.exceeded:
		return nil, fmt.Errorf("git %s: the answer is longer than %d MiB", arguments[0], mostOutput>>20)
	case errors.As(err, &exit):
		return nil, &failure{exit.ExitCode(), firstLine(said.String())}
	case err != nil:
		return nil, fmt.Errorf("git %s: %w", arguments[0], err)
	}
	return out.Bytes(), nil
}

// settings outweigh whatever a repository configures.
var settings = []string{
	"--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=" + os.DevNull, "-c", "core.quotePath=false", "-c", "protocol.allow=never",
}

func (r *Repository) command(ctx context.Context, arguments ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, r.program, append(settings[:len(settings):len(settings)], arguments...)...)
	cmd.Dir = r.directory
	cmd.Env = r.environment()
	cmd.WaitDelay = time.Second
	return cmd
}

// environment is the user's own without what points git elsewhere. What
// configures git stays: containers declare their safe directories there.
func (r *Repository) environment() []string {
	var kept []string
	for _, entry := range os.Environ() {
		name, _, _ := strings.Cut(entry, "=")
		upper := strings.ToUpper(name)
		if strings.HasPrefix(upper, "GIT_") && !strings.HasPrefix(upper, "GIT_CONFIG") && upper != "GIT_EXEC_PATH" || upper == "LANGUAGE" {
			continue
		}
		kept = append(kept, entry)
	}
	kept = append(kept,
		"LC_ALL=C", "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=none", "GIT_NO_REPLACE_OBJECTS=1")
	if r.hooked {
		kept = append(kept, "GIT_INDEX_FILE="+r.index)
	}
	return kept
}

// limited keeps the first bytes that are written to it.
type limited struct {
	bytes.Buffer
	most     int
	exceeded bool
}

func (l *limited) Write(p []byte) (int, error) {
	if room := l.most - l.Len(); len(p) > room {
		l.exceeded = true
		l.Buffer.Write(p[:room])
		return len(p), nil
	}
	return l.Buffer.Write(p)
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return strings.TrimPrefix(line, "fatal: ")
}

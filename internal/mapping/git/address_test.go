package git

import (
	"strings"
	"testing"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/source"
	"github.com/drlint/drlint/internal/syntax/shell"
)

func TestParseAddress(t *testing.T) {
	tests := []struct {
		text, host, path, user string
		local, ok              bool
	}{
		{text: "https://github.com/acme/data.git", host: "github.com", path: "acme/data", ok: true},
		{text: "https://x:" + hole + "@GitLab.com:8443/acme/data/", host: "gitlab.com", path: "acme/data", user: "x:" + hole, ok: true},
		{text: "ssh://git@ssh.github.com:443/acme/data.git", host: "ssh.github.com", path: "acme/data", user: "git", ok: true},
		{text: "git@bitbucket.org:acme/data.git", host: "bitbucket.org", path: "acme/data", user: "git", ok: true},
		{text: "https://acme.visualstudio.com/DefaultCollection/p/_git/data", host: "acme.visualstudio.com", path: "acme/p/data", ok: true},
		{text: "https://dev.azure.com/acme/_git/data", host: "dev.azure.com", path: "acme/data/data", ok: true},
		{text: "git@ssh.dev.azure.com:v3/acme/p/data", host: "ssh.dev.azure.com", path: "acme/p/data", user: "git", ok: true},
		{text: "https://dev.azure.com/acme/my%20project/_git/data", host: "dev.azure.com", path: "acme/my project/data", ok: true},
		{text: "codecommit::eu-west-1://data", host: "git-codecommit.eu-west-1.amazonaws.com", path: "v1/repos/data", ok: true},
		{text: "codecommit://data", host: "git-codecommit.amazonaws.com", path: "v1/repos/data", ok: true},
		{text: "https://" + hole + "/acme/data.git", host: hole, path: "acme/data", ok: true},
		{text: "git@" + hole + ":acme/data.git", host: hole, path: "acme/data", user: "git", ok: true},
		{text: "../copy.git", path: "../copy", local: true, ok: true},
		{text: "file:///srv/git/copy.git", path: "srv/git/copy", local: true, ok: true},
		{text: "s3://bucket/key"},
		{text: "mirror"},
		{text: hole},
		{text: ""},
		{text: "https://"},
	}
	for _, test := range tests {
		got, ok := parseAddress(test.text)
		want := address{host: test.host, path: test.path, user: test.user, local: test.local}
		if ok != test.ok || got != want {
			t.Errorf("parseAddress(%q) = %+v, %v; want %+v, %v", test.text, got, ok, want, test.ok)
		}
	}
}

func TestSameHost(t *testing.T) {
	tests := []struct {
		address, host string
		want          model.Tri
	}{
		{"https://github.com/a/b", "github.com", model.Yes},
		{"ssh://git@ssh.github.com:443/a/b", "github.com", model.Yes},
		{"https://acme.visualstudio.com/p/_git/b", "dev.azure.com", model.Yes},
		{"https://gitlab.com/a/b", "github.com", model.No},
		{"https://" + hole + "/a/b", "github.com", model.Maybe},
		{"https://git-codecommit." + hole + ".amazonaws.com/v1/repos/b", "github.com", model.No},
		{"https://git" + hole + ".com/a/b", "github.com", model.Maybe},
	}
	for _, test := range tests {
		where, _ := parseAddress(test.address)
		if got := where.sameHost(test.host); got != test.want {
			t.Errorf("sameHost(%q, %q) = %s, want %s", test.address, test.host, got, test.want)
		}
	}
}

func TestCouldBe(t *testing.T) {
	tests := []struct {
		pattern, text string
		want          bool
	}{
		{"acme/data", "ACME/data", true},
		{"acme/data", "acme/other", false},
		{hole, "anything", true},
		{hole + "/data", "acme/data", true},
		{hole + "/copy", "acme/data", false},
		{"a" + hole + "b" + hole + "c", "a1b2c", true},
		{"a" + hole + "b" + hole + "c", "a1c", false},
		{"aa" + hole + "aa", "aaa", false},
	}
	for _, test := range tests {
		if got := couldBe(test.pattern, test.text); got != test.want {
			t.Errorf("couldBe(%q, %q) = %v, want %v", test.pattern, test.text, got, test.want)
		}
	}
}

func TestIdentity(t *testing.T) {
	self := identityIn(source.Tree{Name: "data", Remotes: []string{"git@github.com:acme/data.git", "https://gitlab.com/acme/data"}}, "github.com")
	if want := (identity{host: "github.com", path: "acme/data", name: "data"}); self != want {
		t.Fatalf("identityOf = %+v, want %+v", self, want)
	}
	alone := identityIn(source.Tree{Name: "data"}, "github.com")
	unread := func(hint, why string) shell.Word { return shell.Word{Hint: hint, Why: why} }
	tests := []struct {
		self identity
		word shell.Word
		want model.Tri
	}{
		{self, shell.Literal("https://github.com/Acme/data.git", source.Range{}), model.Yes},
		{self, shell.Literal("https://github.com/acme/other", source.Range{}), model.No},
		{self, shell.Literal("https://gitlab.com/acme/data", source.Range{}), model.No},
		{self, shell.Literal(".", source.Range{}), model.Yes},
		{self, unread("https://github.com/"+hole+".git", "github.repository depends on the run"), model.Yes},
		{self, unread("https://"+hole+"@github.com/"+hole, "secrets.TOKEN is known only to GitHub"), model.Maybe},
		{self, unread("https://github.com/"+hole+"/copy", "github.repository_owner depends on the run"), model.No},
		{self, unread(hole+"/"+hole, "github.server_url depends on the run"), model.Yes},
		{self, unread(hole, "secrets.URL is known only to GitHub"), model.Maybe},
		{alone, shell.Literal("https://github.com/acme/data", source.Range{}), model.Yes},
		{alone, shell.Literal("https://github.com/acme/other", source.Range{}), model.No},
	}
	for _, test := range tests {
		if got, _ := test.self.isAt(test.word); got != test.want {
			t.Errorf("isAt(%q, %q) = %s, want %s", test.word.Readable(), test.word.Why, got, test.want)
		}
	}
}

func TestWithoutUser(t *testing.T) {
	tests := []struct{ text, want string }{
		{"https://bot:secret@gitlab.com/acme/data.git", "https://gitlab.com/acme/data.git"},
		{"https://" + hole + "@gitlab.com/acme/data.git", "https://gitlab.com/acme/data.git"},
		{"git@gitlab.com:acme/data.git", "git@gitlab.com:acme/data.git"},
		{"https://gitlab.com/" + hole, ""},
	}
	for _, test := range tests {
		word := shell.Literal(test.text, source.Range{})
		if strings.Contains(test.text, hole) {
			word = shell.Word{Hint: test.text, Why: "it is a secret"}
		}
		if got := withoutUser(word).Text(); got != test.want {
			t.Errorf("withoutUser(%q) = %q, want %q", test.text, got, test.want)
		}
	}
}

// FuzzParseAddress: whatever a workflow holds, credentials never become a part
// of the host or of the path.
func FuzzParseAddress(f *testing.F) {
	for _, seed := range []string{"https://u:p@github.com/a/b.git", "git@host:a/b", "codecommit::r://n", "ssh://[::1]:22/a", "://", "a@b@c:d", hole + "://x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		where, ok := parseAddress(text)
		if !ok {
			if where != (address{}) {
				t.Fatalf("parseAddress(%q) failed and returned %+v", text, where)
			}
			return
		}
		if strings.Contains(where.host, "@") || strings.Contains(where.host, "/") {
			t.Fatalf("parseAddress(%q): host %q", text, where.host)
		}
		if where.hostKnown() && where.sameHost(where.host) != model.Yes {
			t.Fatalf("parseAddress(%q): host %q is not itself", text, where.host)
		}
	})
}

package report

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/joshdk/go-junit"
)

var update = flag.Bool("update", false, "write what the tests see to testdata")

// written returns what a format makes of a report.
func written(t *testing.T, format string, r *Report, o Options) []byte {
	t.Helper()
	write, ok := Format(format)
	if !ok {
		t.Fatalf("no format %q", format)
	}
	var b bytes.Buffer
	if err := write(&b, r, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestHostileReports compares every format of a report full of attacks. The page
// is left to its own tests, which look at it in a browser.
func TestHostileReports(t *testing.T) {
	for _, format := range Formats() {
		if format == "html" {
			continue
		}
		t.Run(format, func(t *testing.T) {
			got := written(t, format, hostile(), Options{Unknown: true, Prefix: "data"})
			if again := written(t, format, hostile(), Options{Unknown: true, Prefix: "data"}); !bytes.Equal(got, again) {
				t.Error("the same report gives other bytes")
			}
			file := filepath.Join("testdata", "hostile."+format)
			if *update {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Errorf("run with -update and read the change (-want +got):\n%s", diff)
			}
		})
	}
}

// TestServicesSeeOnlyOurCommands looks for commands of CI services where text of
// the repository could bring its own.
func TestServicesSeeOnlyOurCommands(t *testing.T) {
	for format, own := range map[string]*regexp.Regexp{
		"text": regexp.MustCompile("^$"), "github": regexp.MustCompile("^::(error|warning|notice) (file|title)=[^:]*::"),
		"azure": regexp.MustCompile(`^##vso\[task\.logissue type=(error|warning);[^]]*\]([^#]|#[^#])*$`),
	} {
		text := string(written(t, format, hostile(), Options{Unknown: true}))
		for line := range strings.SplitSeq(strings.TrimSuffix(text, "\n"), "\n") {
			command := strings.HasPrefix(line, "::") || strings.Contains(line, "##[") || strings.Contains(line, "##vso[")
			if command && !own.MatchString(line) {
				t.Errorf("%s: a service would obey %q", format, line)
			}
			if strings.ContainsAny(line, "\x1b\u202e\r") && format == "text" {
				t.Errorf("%s: a terminal would obey %q", format, line)
			}
		}
	}
}

func TestGitHubSaysNoColumnsOfSeveralLines(t *testing.T) {
	text := string(written(t, "github", hostile(), Options{}))
	if want := ",line=1,endLine=5,title=low%3A custom/mine::"; !strings.Contains(text, want) {
		t.Errorf("no %q in\n%s", want, text)
	}
	if want := ",line=2,endLine=2,col=7,endColumn=12,title=high%3A raw/not-replicated::"; !strings.Contains(text, want) {
		t.Errorf("no %q in\n%s", want, text)
	}
}

// TestGitLabFollowsItsSchema checks what the schema that GitLab validates each
// issue by requires, and that no fingerprint hides another issue.
func TestGitLabFollowsItsSchema(t *testing.T) {
	decoder := json.NewDecoder(bytes.NewReader(written(t, "gitlab", hostile(), Options{Unknown: true})))
	var issues []struct {
		Description, Fingerprint, Severity *string
		Location                           *struct {
			Path  *string
			Lines struct{ Begin *int }
		}
	}
	if err := decoder.Decode(&issues); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, issue := range issues {
		if issue.Description == nil || issue.Fingerprint == nil || issue.Severity == nil || issue.Location == nil ||
			issue.Location.Path == nil || issue.Location.Lines.Begin == nil {
			t.Fatalf("%+v", issue)
		}
		if seen[*issue.Fingerprint] {
			t.Errorf("two issues have the fingerprint %s", *issue.Fingerprint)
		}
		seen[*issue.Fingerprint] = true
	}
	if len(issues) != 7 {
		t.Errorf("got %d issues", len(issues))
	}
	if empty := written(t, "gitlab", &Report{Sources: hostile().Sources}, Options{}); string(empty) != "[]\n" {
		t.Errorf("nothing is %s", empty)
	}
}

func TestJUnitIsReadByAnotherImplementation(t *testing.T) {
	suites, err := junit.Ingest(written(t, "junit", hostile(), Options{}))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]map[junit.Status]int{}
	for _, suite := range suites {
		got[suite.Name] = map[junit.Status]int{}
		for _, test := range suite.Tests {
			got[suite.Name][test.Status]++
			if test.Status == junit.StatusFailed && (test.Message == "" || !strings.Contains(test.Error.Error(), "Fix: ")) {
				t.Errorf("%s does not say what is wrong and what to do: %v", test.Name, test.Error)
			}
		}
	}
	want := map[string]map[junit.Status]int{
		"cache":  {junit.StatusSkipped: 1},
		"custom": {junit.StatusFailed: 1},
		"raw":    {junit.StatusFailed: 2, junit.StatusSkipped: 4, junit.StatusPassed: 1},
		"input":  {junit.StatusSkipped: 2},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestNDJSONFollowsItsSchema(t *testing.T) {
	schema := published(t, "ndjson")
	for _, r := range []*Report{sample(), hostile()} {
		lines := bytes.Split(bytes.TrimSuffix(written(t, "ndjson", r, Options{}), []byte("\n")), []byte("\n"))
		if want := len(r.Findings) + len(r.Diagnostics) + 1; len(lines) != want {
			t.Errorf("got %d lines, want %d", len(lines), want)
		}
		for _, line := range lines {
			validate(t, schema, line)
		}
	}
}

package githubactions

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/drlint/drlint/analyzers/analyzertest"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

func TestClaims(t *testing.T) {
	tests := map[string]bool{
		".github/workflows/a.yml":         true,
		".github/workflows/a.yaml":        true,
		".github/workflows/a.json":        false,
		".github/workflows/sub/a.yml":     false,
		"sub/.github/workflows/a.yml":     false,
		".github/dependabot.yml":          false,
		"action.yml":                      true,
		".github/actions/x/action.yaml":   true,
		".github/workflows/action.yml":    true,
		"docs/reaction.yml":               false,
		".github/workflows/a.yml.example": false,
	}
	for path, want := range tests {
		if got := New().Claims(path); got != want {
			t.Errorf("Claims(%q) = %t", path, got)
		}
	}
}

func files(texts map[string]string) fstest.MapFS {
	out := fstest.MapFS{}
	for name, text := range texts {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

func codes(result resource.Result) string {
	var found []string
	for _, d := range result.Diagnostics {
		found = append(found, d.Code)
	}
	return strings.Join(found, " ")
}

func TestLimits(t *testing.T) {
	job := func(steps string) string {
		return "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n" + steps
	}
	call := "      - uses: ./%s\n"
	tenfold := func(next string) string {
		return "runs:\n  using: composite\n  steps:\n" + strings.Repeat("    - uses: ./"+next+"\n", 10)
	}
	tests := map[string]struct {
		files map[string]string
		code  string
	}{
		"steps": {map[string]string{
			".github/workflows/w.yml": job(strings.Repeat("      - uses: x\n", 10_001)),
		}, "github-actions/budget"},
		"actions of actions": {map[string]string{
			".github/workflows/w.yml": job(fmt.Sprintf(call, "a")),
			"a/action.yml":            tenfold("b"), "b/action.yml": tenfold("c"), "c/action.yml": tenfold("d"),
			"d/action.yml": tenfold("e"), "e/action.yml": tenfold("f"),
			"f/action.yml": "runs:\n  using: composite\n  steps:\n    - run: x\n",
		}, "github-actions/budget"},
		"scripts": {map[string]string{
			".github/workflows/w.yml": job(strings.Repeat("      - run: sh x.sh\n", 100)),
			"x.sh":                    "#" + strings.Repeat("x", 200<<10),
		}, "github-actions/budget"},
		"values": {map[string]string{
			".github/workflows/w.yml": job(strings.Repeat("      - uses: ./a\n", 200)),
			"a/action.yml": "runs:\n  using: composite\n  steps:\n    - run: x\n      env:\n" +
				strings.Repeat("        A: b\n", 1) + manyKeys(2000),
		}, "github-actions/budget"},
		"deep": {map[string]string{
			".github/workflows/w.yml": "on: " + strings.Repeat("[", 100_000),
		}, "guard/"},
		"not text": {map[string]string{".github/workflows/w.yml": "on: \xff\xfe"}, "guard/not-utf8"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := codes(analyze(analyzertest.Tree(files(test.files)))); !strings.Contains(got, test.code) {
				t.Errorf("diagnostics %q, want %s", got, test.code)
			}
		})
	}
}

func manyKeys(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "        K%d: ${{ env.A }}\n", i)
	}
	return b.String()
}

// Two runs, and a run over files given in another order, return the same.
func TestDeterministic(t *testing.T) {
	fsys := files(map[string]string{
		".github/workflows/a.yml": "on: push\njobs:\n  a:\n    uses: ./.github/workflows/c.yml\n    with: {x: a}\n",
		".github/workflows/b.yml": "on: push\njobs:\n  a:\n    uses: ./.github/workflows/c.yml\n    with: {x: b}\n",
		".github/workflows/c.yml": "on:\n  workflow_call:\n    inputs: {x: {}}\njobs:\n  a:\n    steps:\n      - run: git push ${{ inputs.x }} $A $B\n        env: {A: 1, B: 2}\n",
	})
	first := analyzertest.Dump(fsys, analyze(analyzertest.Tree(fsys)))
	for range 5 {
		if diff := cmp.Diff(first, analyzertest.Dump(fsys, analyze(analyzertest.Tree(fsys)))); diff != "" {
			t.Fatalf("a second run differs:\n%s", diff)
		}
	}
	if !strings.Contains(first, "the callers of the workflow give different values for inputs.x") {
		t.Errorf("callers that differ are not told:\n%s", first)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	fsys := files(map[string]string{".github/workflows/a.yml": "on: push\njobs: {}\n"})
	result := New().Analyze(ctx, source.Tree{FS: fsys, Files: []string{".github/workflows/a.yml"}}, []string{".github/workflows/a.yml"})
	if len(result.Resources) != 0 {
		t.Errorf("a cancelled run returned %d resources", len(result.Resources))
	}
}

const seed = `name: &n "x"
on: {push: {}, schedule: [{cron: "0 2 * * *"}], workflow_call: {inputs: {a: {default: 1}}}}
env: {A: "${{ inputs.a }}", B: *n}
jobs:
  a:
    strategy: {matrix: {x: [1, 2], include: [{y: 3}]}}
    if: github.ref == 'x' && !failure()
    steps:
      - uses: ./.github/actions/a
        with: {a: "${{ matrix.x }}"}
      - id: b
        run: |
          echo "C=$A" >> $GITHUB_ENV
          for i in a b; do git push "$i" ${{ env.B }}; done
      - run: >-
          git push
          ${{ format('{0}/{1}', env.A, matrix.y) }}
        shell: pwsh
`

func FuzzAnalyze(f *testing.F) {
	f.Add(seed, "runs:\n  using: composite\n  steps:\n    - run: sh ${{ github.action_path }}/x.sh ${{ inputs.a }}\n", "git push $1\n")
	f.Add("on: [push]\njobs: {a: {steps: [{uses: ./.github/actions/a}]}}\n", "runs: {steps: [{uses: ./.github/actions/a}]}\n", "")
	f.Fuzz(func(t *testing.T, workflow, action, script string) {
		fsys := files(map[string]string{
			".github/workflows/w.yml": workflow, ".github/actions/a/action.yml": action, ".github/actions/a/x.sh": script,
		})
		analyzertest.CheckPlaces(t, analyzertest.Tree(fsys), analyze(analyzertest.Tree(fsys)))
	})
}

func BenchmarkAnalyze(b *testing.B) {
	fsys := files(map[string]string{
		".github/workflows/w.yml": seed, ".github/actions/a/action.yml": "runs:\n  using: composite\n  steps:\n    - run: sh ${{ github.action_path }}/x.sh\n",
		".github/actions/a/x.sh": "git push --mirror x\n",
	})
	for b.Loop() {
		analyze(analyzertest.Tree(fsys))
	}
}

package azurepipelines

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/drlint/drlint/analyzers/analyzertest"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/source"
)

func files(pairs ...string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		fsys[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return fsys
}

func TestClaims(t *testing.T) {
	for file, want := range map[string]bool{
		"azure-pipelines.yml": true, ".azuredevops/a.yaml": true, "x/y/ci.yml": true, ".github/workflows/a.yml": false,
		".gitlab-ci.yml": false, "a.json": false, "azure-pipelines": false,
	} {
		if got := New().Claims(file); got != want {
			t.Errorf("Claims(%q) = %v", file, got)
		}
	}
}

// Files of other formats are neither read as pipelines nor reported.
func TestForeign(t *testing.T) {
	for name, text := range map[string]string{
		"kubernetes":        "apiVersion: v1\nkind: Pod\n",
		"github":            "name: a\non: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps: [{run: a}]\n",
		"github action":     "name: a\nruns:\n  using: composite\n  steps: [{run: a, shell: bash}]\n",
		"gitlab":            "stages: [a, b]\na:\n  script: [b]\n",
		"gitlab plain":      "stages: [a, b]\n",
		"compose":           "services: {a: {image: b}}\n",
		"bundle":            "bundle: {name: a}\ntargets: {}\nresources: {jobs: {}}\n",
		"bundle part":       "resources:\n  jobs: {a: {name: a}}\n",
		"bundle variables":  "variables:\n  a: {default: b}\n",
		"conda":             "name: a\nvariables: {A: b}\ndependencies: [c]\n",
		"circleci":          "version: 2.1\njobs: {a: {steps: [checkout]}}\nworkflows: {}\n",
		"woodpecker":        "steps:\n- name: a\n  image: b\n  commands: [c]\n",
		"drone":             "kind: pipeline\nsteps:\n- name: a\n",
		"travis":            "language: go\njobs: {include: [{script: a}]}\n",
		"bitbucket":         "pipelines:\n  default: [{step: {script: [a]}}]\n",
		"machine learning":  "type: pipeline\njobs: {a: {type: command}}\n",
		"concourse":         "resources: [{name: a}]\njobs: [{name: b, plan: [{get: a}]}]\n",
		"buildkite":         "steps:\n- label: a\n  command: b\n",
		"generator":         "trigger:\n- {{ branch }}\nsteps:\n- script: a\n  {{ key }}: b\n",
		"jobs as a mapping": "name: a\njobs: {a: {steps: []}}\n",
		"list":              "- steps: [{script: a}]\n",
		"text":              "steps",
		"broken":            "steps:\n- {{ .Values.x }}\n  - script: [\n",
		"empty":             "",
		"binary":            "steps:\n- script: \x00\n",
	} {
		result := analyze(analyzertest.Tree(files("dir/"+strings.ReplaceAll(name, " ", "-")+".yml", text)))
		if len(result.Resources)+len(result.Diagnostics)+result.Files > 0 {
			t.Errorf("%s: %d resources, %d files, %v", name, len(result.Resources), result.Files, result.Diagnostics)
		}
	}
}

// A pipeline is one by its content, and templates are none.
func TestRoots(t *testing.T) {
	for name, test := range map[string]struct {
		file, text string
		want       bool
	}{
		"steps":             {"ci.yml", "steps:\n- script: a\n", true},
		"jobs":              {"ci.yml", "jobs:\n- deployment: a\n", true},
		"stages":            {"ci.yml", "stages:\n- stage: a\n", true},
		"extends":           {"ci.yml", "extends: {template: a.yml@b}\n", true},
		"expression":        {"ci.yml", "steps:\n- ${{ if true }}:\n  - script: a\n", true},
		"typed parameters":  {"ci.yml", "parameters:\n- name: a\n  type: string\nsteps:\n- script: a\n", true},
		"windows line ends": {"ci.yml", "trigger: none\r\nsteps:\r\n- script: a\r\n", true},
		"byte order mark":   {"ci.yml", "\xef\xbb\xbfsteps:\n- script: a\n", true},
		"started template":  {"templates/ci.yml", "trigger: none\nsteps:\n- script: a\n", true},
		"template by place": {"templates/ci.yml", "steps:\n- script: a\n", false},
		"older parameters":  {"ci.yml", "parameters: {a: b}\nsteps:\n- script: a\n", false},
		"step parameters":   {"ci.yml", "parameters:\n- name: a\n  type: stepList\nsteps:\n- ${{ parameters.a }}\n", false},
		"variables only":    {"azure-pipelines-vars.yml", "variables: {a: b}\n", false},
		"unknown key":       {"ci.yml", "trigger: none\nsteps:\n- script: a\nfoo: bar\n", false},
	} {
		result := analyze(analyzertest.Tree(files(test.file, test.text)))
		if got := len(result.Resources) == 1; got != test.want {
			t.Errorf("%s: a pipeline %v, want %v", name, got, test.want)
		}
		if slices.ContainsFunc(result.Diagnostics, func(d source.Diagnostic) bool { return d.Severity != source.Note }) {
			t.Errorf("%s: %v", name, result.Diagnostics)
		}
	}
	called := analyze(analyzertest.Tree(files("a.yml", "stages:\n- template: b.yml\n", "b.yml", "stages:\n- stage: b\n")))
	if len(called.Resources) != 1 || called.Resources[0].Address != "a.yml" || called.Files != 2 {
		t.Errorf("%d pipelines and %d files, want a.yml and its template", len(called.Resources), called.Files)
	}
}

func TestUnreadableIsReported(t *testing.T) {
	for file, text := range map[string]string{
		"azure-pipelines.yml":     "steps:\n- script: \xff\n",
		"x/azure-pipelines-a.yml": "steps: [\n",
		"ci/build.yml":            "trigger: none\nsteps: [\n",
	} {
		result := analyze(analyzertest.Tree(files(file, text)))
		if len(result.Diagnostics) != 1 || result.Files != 1 {
			t.Errorf("%s: %d files, %v", file, result.Files, result.Diagnostics)
		}
	}
}

// Templates that multiply each other end at the budget, with a diagnostic.
func TestHostile(t *testing.T) {
	doubling := files("azure-pipelines.yml", "trigger: none\nsteps:\n- template: t0.yml\n")
	for i := range 40 {
		call := fmt.Sprintf("- template: t%d.yml\n", i+1)
		doubling[fmt.Sprintf("t%d.yml", i)] = &fstest.MapFile{Data: []byte("steps:\n" + call + call)}
	}
	doubling["t40.yml"] = &fstest.MapFile{Data: []byte("steps:\n- script: a\n")}

	deep := files("azure-pipelines.yml", "trigger: none\nsteps:\n- template: t0.yml\n")
	for i := range 100 {
		deep[fmt.Sprintf("t%d.yml", i)] = &fstest.MapFile{Data: fmt.Appendf(nil, "steps:\n- template: t%d.yml\n", i+1)}
	}
	deep["t100.yml"] = &fstest.MapFile{Data: []byte("steps:\n- script: a\n")}

	loops := "trigger: none\nparameters:\n- name: l\n  type: object\n  default: [" + strings.Repeat("a, ", 40) + "a]\nsteps:\n"
	indent := ""
	for i := range 6 {
		loops += fmt.Sprintf("%s- ${{ each x%d in parameters.l }}:\n", indent, i)
		indent += "  "
	}
	loops += indent + "- script: echo ${{ x0 }}\n"

	variables := "variables:\n"
	for i := range 40 {
		variables += fmt.Sprintf("  v%d: $(v%d)$(v%d)\n", i, i+1, i+1)
	}
	variables += "  v40: xxxxxxxxxx\nsteps:\n- script: echo $(v0) $(v30)\n"

	nested := "trigger: none\nsteps:\n" + strings.Repeat(" ", 0)
	for i := range 200 {
		nested += strings.Repeat("  ", i) + "- ${{ if true }}:\n"
	}
	nested += strings.Repeat("  ", 200) + "- script: a\n"

	for name, test := range map[string]struct {
		fsys fstest.MapFS
		code string
	}{
		"doubling":     {doubling, "azure-pipelines/budget"},
		"deep":         {deep, "azure-pipelines/depth"},
		"loops":        {files("azure-pipelines.yml", loops), "azure-pipelines/budget"},
		"variables":    {files("azure-pipelines.yml", variables), ""},
		"nested":       {files("azure-pipelines.yml", nested), ""},
		"self":         {files("azure-pipelines.yml", "trigger: none\nsteps:\n- template: azure-pipelines.yml\n"), "azure-pipelines/cycle"},
		"own default":  {files("azure-pipelines.yml", "parameters:\n- name: a\n  default: ${{ parameters.a }}\nsteps:\n- script: ${{ parameters.a }}\n"), ""},
		"aliases":      {files("azure-pipelines.yml", "trigger: none\nsteps:\n- &a\n  script: a\n- *a\n- *a\n"), ""},
		"many macros":  {files("azure-pipelines.yml", "trigger: none\nsteps:\n- script: "+strings.Repeat("$(a)", 20_000)+"\n"), ""},
		"open macros":  {files("azure-pipelines.yml", "trigger: none\nsteps:\n- script: "+strings.Repeat("$(", 50_000)+"\n"), ""},
		"many members": {files("azure-pipelines.yml", "trigger: none\nvariables:\n"+members(20_000)+"steps:\n- script: a\n"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			result := analyze(analyzertest.Tree(test.fsys))
			analyzertest.CheckPlaces(t, analyzertest.Tree(test.fsys), result)
			found := slices.ContainsFunc(result.Diagnostics, func(d source.Diagnostic) bool { return d.Code == test.code })
			if test.code != "" && !found {
				t.Errorf("no %s in %v", test.code, result.Diagnostics)
			}
		})
	}
}

func members(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "  v%d: a\n", i)
	}
	return b.String()
}

func TestCanceled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	fsys := files("azure-pipelines.yml", "steps:\n- script: a\n")
	result := New().Analyze(ctx, source.Tree{FS: fsys, Files: []string{"azure-pipelines.yml"}}, []string{"azure-pipelines.yml"})
	if len(result.Resources) > 0 {
		t.Error("a canceled analysis went on")
	}
}

// A text that is put together keeps the place of each of its parts.
func TestPlacesInScript(t *testing.T) {
	text := "variables: {url: 'https://h/x.git'}\nsteps:\n- script: |\n    echo ä\n    git push --mirror $(url) # ${{ parameters.x }}\n"
	result := analyze(analyzertest.Tree(files("azure-pipelines.yml", text)))
	commands := result.Resources[0].Attrs.Get("jobs").Items[0].Get("steps").Items[0].Get("commands")
	push := commands.Items[1]
	if got := text[push.At.Start:push.At.End]; got != "git push --mirror $(url)" {
		t.Errorf("the command is placed at %q", got)
	}
	target := push.Get("words").Items[3]
	if got := text[target.At.Start:target.At.End]; got != "$(url)" || target.Text != "https://h/x.git" {
		t.Errorf("the target %q is placed at %q", target.Text, got)
	}
	if got := text[target.Origin[0].Start:target.Origin[0].End]; got != "'https://h/x.git'" {
		t.Errorf("the target comes from %q", got)
	}
}

func FuzzAnalyze(f *testing.F) {
	f.Add("trigger: none\nsteps:\n- script: echo $(a) ${{ parameters.b }}\n", "parameters:\n- name: b\n  default: c\n")
	f.Add("stages:\n- ${{ each x in parameters.l }}:\n  - template: t.yml\n    parameters: {a: ${{ x }}}\n", "stages:\n- stage: ${{ parameters.a }}\n")
	f.Add("extends:\n  template: t.yml\n  parameters:\n    ${{ if true }}: {a: b}\n    ${{ else }}: {c: d}\n", "parameters: {a: 1}\njobs:\n- deployment: x\n  strategy: {runOnce: {deploy: {steps: [{bash: a}]}}}\n")
	f.Add("variables:\n- template: t.yml\n- name: x\n  value: $[ eq(1, variables.y) ]\njobs:\n- job: a\n  condition: and(true, $(x))\n", "variables: {y: $(x)}\n")
	f.Fuzz(func(t *testing.T, pipeline, template string) {
		if len(pipeline)+len(template) > 5_000 {
			return
		}
		fsys := files("azure-pipelines.yml", pipeline, "t.yml", template)
		result := analyze(analyzertest.Tree(fsys))
		analyzertest.CheckPlaces(t, analyzertest.Tree(fsys), result)
		for _, d := range result.Diagnostics {
			if d.Code == "guard/internal-error" {
				t.Fatal(d.Summary)
			}
		}
	})
}

func BenchmarkAnalyze(b *testing.B) {
	stages := "trigger: none\nstages:\n"
	for i := range 50 {
		stages += fmt.Sprintf("- template: deploy.yml\n  parameters: {name: s%d, region: westeurope}\n", i)
	}
	fsys := files("azure-pipelines.yml", stages, "deploy.yml", "parameters:\n- name: name\n- name: region\nstages:\n- stage: ${{ parameters.name }}\n  variables: {a: b}\n  jobs:\n  - job: j\n    steps:\n    - script: az deployment group create -f main.bicep -l ${{ parameters.region }} -g $(a)\n")
	var result resource.Result
	for b.Loop() {
		result = analyze(analyzertest.Tree(fsys))
	}
	if len(result.Resources) != 1 {
		b.Fatal("no pipeline")
	}
}

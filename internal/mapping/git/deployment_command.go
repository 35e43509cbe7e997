package git

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/syntax/shell"
)

// invocation is a command taken apart: what it is told to do and its options.
type invocation struct {
	command  shell.Command
	verbs    []shell.Word
	options  map[string][]shell.Word // by lower-case name, values up to the next option
	switches map[string]bool
}

// invoke reads the words of a command. Options take the words after them up to
// the next option; "--name=value" and "/name:value" bring their own.
func invoke(c shell.Command) invocation {
	i := invocation{command: c, options: map[string][]shell.Word{}, switches: map[string]bool{}}
	name := ""
	for _, w := range c.Words[1:] {
		text := w.Readable()
		switch option, value, joined := cutOption(text); {
		case option != "" && joined:
			name = ""
			i.switches[option] = true
			i.options[option] = append(i.options[option], part(w, value))
		case option != "":
			name = option
			i.switches[option] = true
		case name != "":
			i.options[name] = append(i.options[name], w)
		default:
			i.verbs = append(i.verbs, w)
		}
	}
	return i
}

// cutOption reads "-n", "--name", "--name=value", "-Name:value" and "/name:value".
func cutOption(text string) (name, value string, joined bool) {
	if len(text) < 2 || text[0] != '-' && text[0] != '/' || strings.HasPrefix(text, hole) {
		return "", "", false
	}
	at := strings.IndexAny(text, "=:")
	if text[0] == '/' && (at < 0 || strings.Contains(text[1:at], "/")) {
		return "", "", false // a path
	}
	if at > 0 {
		return strings.ToLower(text[:at]), text[at+1:], true
	}
	return strings.ToLower(text), "", false
}

// first returns the first value of one of the options.
func (i invocation) first(names ...string) shell.Word {
	for _, name := range names {
		if values := i.options[name]; len(values) > 0 {
			return values[0]
		}
	}
	return shell.Word{}
}

func (i invocation) has(names ...string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return i.switches[name] })
}

// verb returns a verb in lower case, or "".
func (i invocation) verb(at int) string {
	if at >= len(i.verbs) || !i.verbs[at].Known {
		return ""
	}
	return strings.ToLower(i.verbs[at].Text)
}

// says reports whether the verbs start with the given ones.
func (i invocation) says(verbs ...string) bool {
	for at, verb := range verbs {
		if i.verb(at) != verb {
			return false
		}
	}
	return true
}

// operand is a word after the verbs that name the command.
func (i invocation) operand(at int) shell.Word {
	if at < len(i.verbs) {
		return i.verbs[at]
	}
	return shell.Word{}
}

// rolling are the programs that commandRollout knows.
var rolling = []string{
	"az", "azd", "terraform", "tofu", "terragrunt", "databricks", "dbx", "dbt", "sqlpackage", "dotnet-sqlpackage",
	"python", "python3", "py", "fab", "curl", "pulumi", "aws",
}

// commandRollout reads a command.
func (w *deployer) commandRollout(c shell.Command, dir string) (rollout, bool) {
	name := c.Name()
	if !slices.Contains(rolling, name) && !isRollingCmdlet(name) {
		return rollout{}, false
	}
	i := invoke(c)
	switch name {
	case "az":
		return azRollout(i)
	case "azd":
		return w.azdRollout(i)
	case "terraform", "tofu", "terragrunt":
		return terraformRollout(name, i)
	case "databricks", "dbx":
		return databricksRollout(name, i)
	case "dbt":
		return dbtRollout(i)
	case "sqlpackage", "dotnet-sqlpackage":
		return sqlpackageRollout(i)
	case "python", "python3", "py":
		return w.pythonRollout(i, dir)
	case "fab":
		return fabRollout(i)
	case "curl":
		return restRollout(c)
	case "pulumi":
		return rollout{what: infrastructure, by: "pulumi up", folder: true}, i.says("up")
	case "aws":
		return awsRollout(i)
	default:
		return powerShellRollout(name, i)
	}
}

// azRollout reads az deployment, az stack and the commands that put single
// objects into Data Factory and Synapse.
func azRollout(i invocation) (rollout, bool) {
	what := i.verb(0)
	scopes := []string{"group", "sub", "mg", "tenant"}
	last := ""
	if len(i.verbs) > 0 {
		last = i.verb(len(i.verbs) - 1)
	}
	switch {
	case (what == "deployment" || what == "stack") && last == "create" && (len(i.verbs) == 2 || slices.Contains(scopes, i.verb(1))),
		i.says("group", "deployment", "create"):
		if i.has("--what-if", "-w") {
			return rollout{}, false
		}
		var verbs []string
		for at := range i.verbs {
			verbs = append(verbs, i.verb(at))
		}
		r := rollout{what: infrastructure, by: "az " + strings.Join(verbs, " ")}
		r.file = i.first("--template-file", "-f", "--template-uri", "-u", "--template-spec", "-s")
		r.region = i.first("--location", "-l")
		r.parameters(slices.Concat(i.options["--parameters"], i.options["-p"]))
		r.what = templateKind(r.file)
		return r, true
	case what == "datafactory" && slices.Contains([]string{"pipeline", "dataset", "linked-service", "trigger", "data-flow"}, i.verb(1)) && (last == "create" || last == "update"):
		return rollout{what: dataFactory, by: "az datafactory " + i.verb(1) + " " + last, file: i.first("--"+i.verb(1), "--pipeline", "--properties", "--dataset")}, true
	case what == "synapse" && slices.Contains([]string{"create", "import", "set", "update"}, last) &&
		slices.Contains([]string{"pipeline", "dataset", "linked-service", "trigger", "data-flow", "notebook", "sql-script", "spark-job-definition"}, i.verb(1)):
		return rollout{what: synapse, by: "az synapse " + i.verb(1) + " " + last, file: i.first("--file", "-f")}, true
	}
	return rollout{}, false
}

// parameters takes a Bicep parameters file, which names its template, for the
// source when there is no other, and the location that a template is given.
func (r *rollout) parameters(words []shell.Word) {
	for _, w := range words {
		text := w.Readable()
		if strings.HasSuffix(text, ".bicepparam") && r.file.At.IsZero() {
			r.file = w
		}
		if value, found := strings.CutPrefix(text, "location="); found && r.region.At.IsZero() {
			r.region = part(w, strings.Trim(value, `"'`))
		}
	}
}

// azdRollout reads the Azure Developer CLI, which keeps infrastructure in infra
// unless azure.yaml says otherwise.
func (w *deployer) azdRollout(i invocation) (rollout, bool) {
	if verb := i.verb(0); verb == "up" || verb == "provision" {
		r := rollout{what: infrastructure, by: "azd " + verb, environment: i.first("-e", "--environment")}
		r.file = shell.Literal("infra", i.command.At)
		if dir := i.first("-c", "--cwd"); !dir.At.IsZero() {
			r.file = part(dir, dir.Readable()+"/infra")
		}
		return r, true
	}
	return rollout{}, false
}

func terraformRollout(name string, i invocation) (rollout, bool) {
	verb := i.verb(0)
	if verb == "run-all" || verb == "run" || verb == "stack" {
		verb = i.verb(1)
	}
	if verb == "apply-all" {
		verb = "apply"
	}
	if verb != "apply" {
		return rollout{}, false
	}
	r := rollout{what: infrastructure, by: name + " apply", file: i.first("-chdir", "--terragrunt-working-dir", "--working-dir")}
	r.folder = r.file.At.IsZero()
	for _, variable := range slices.Concat(i.options["-var"], i.options["--var"]) {
		for _, key := range []string{"location=", "region="} {
			if value, found := strings.CutPrefix(variable.Readable(), key); found {
				r.region = part(variable, strings.Trim(value, `"'`))
			}
		}
	}
	return r, true
}

func databricksRollout(name string, i invocation) (rollout, bool) {
	r := rollout{what: databricks, by: name + " " + i.verb(0), environment: i.first("-t", "--target")}
	switch {
	case name == "dbx":
		r.folder = true
		return r, i.says("deploy")
	case i.says("bundle", "deploy"):
		r.by, r.folder = "databricks bundle deploy", true
		return r, true
	case i.says("workspace", "import-dir"), i.says("workspace", "import_dir"):
		r.by, r.file = "databricks workspace "+i.verb(1), i.operand(2)
		return r, true
	case i.says("workspace", "import"):
		r.by, r.file = "databricks workspace import", i.first("--file")
		if r.file.At.IsZero() && len(i.verbs) > 3 {
			r.file = i.operand(2) // of the older command line: import SOURCE TARGET
		}
		return r, true
	case i.says("repos", "update"):
		r.by, r.folder = "databricks repos update", true
		return r, true
	}
	return rollout{}, false
}

func dbtRollout(i invocation) (rollout, bool) {
	switch verb := i.verb(0); verb {
	case "run", "build", "snapshot", "seed":
		r := rollout{what: database, by: "dbt " + verb, file: i.first("--project-dir"), environment: i.first("--target", "-t")}
		r.folder = r.file.At.IsZero()
		return r, true
	}
	return rollout{}, false
}

func sqlpackageRollout(i invocation) (rollout, bool) {
	action := i.first("/action", "/a", "-action", "-a", "--action")
	if !strings.EqualFold(action.Readable(), "publish") && !strings.EqualFold(action.Readable(), "import") {
		return rollout{}, false
	}
	return rollout{what: database, by: "sqlpackage /Action:" + action.Readable(), file: i.first("/sourcefile", "/sf", "-sourcefile", "-sf", "--sourcefile")}, true
}

// fabRollout reads the command line of Fabric.
func fabRollout(i invocation) (rollout, bool) {
	switch verb := i.verb(0); verb {
	case "import", "deploy":
		return rollout{what: fabric, by: "fab " + verb, file: i.first("-i", "--input", "--config")}, true
	}
	return rollout{}, false
}

func awsRollout(i invocation) (rollout, bool) {
	if i.verb(0) != "cloudformation" || !slices.Contains([]string{"deploy", "create-stack", "update-stack"}, i.verb(1)) {
		return rollout{}, false
	}
	r := rollout{what: infrastructure, by: "aws cloudformation " + i.verb(1), file: i.first("--template-file", "--template-body"), region: i.first("--region")}
	if rest, found := strings.CutPrefix(r.file.Readable(), "file://"); found {
		r.file = part(r.file, rest)
	}
	return r, true
}

// restRollout knows the call that a deployment pipeline of Fabric or Power BI is
// started with (REST reference, "Deployment Pipelines - Deploy Stage Content").
func restRollout(c shell.Command) (rollout, bool) {
	for _, w := range c.Words[1:] {
		text := strings.ToLower(w.Readable())
		if !w.Known {
			text = strings.ReplaceAll(text, strings.ToLower(string(resource.Hole)), "x")
		}
		if strings.Contains(text, "deploymentpipelines/") && (strings.HasSuffix(text, "/deploy") || strings.HasSuffix(text, "/deployall")) {
			return rollout{what: fabric, by: "Fabric deployment pipeline"}, true
		}
	}
	return rollout{}, false
}

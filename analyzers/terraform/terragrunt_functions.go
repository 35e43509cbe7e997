package terraform

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/drlint/drlint/internal/resource"
)

// lateFunctions are Terragrunt's functions whose result depends on the machine,
// the credentials or the moment of a run.
var lateFunctions = []string{
	"run_cmd", "get_env", "sops_decrypt_file", "get_aws_account_id", "get_aws_account_alias", "get_aws_caller_identity_arn",
	"get_aws_caller_identity_user_id", "get_terraform_command", "get_terraform_cli_args", "get_platform", "get_working_dir",
	"get_default_retryable_errors", "read_tfvars_file", "constraint_check",
}

// call evaluates a function of Terragrunt; ok is false for Terraform's own.
// The functions are described in Terragrunt, "Built-in functions".
func (u *unitFile) call(ev *evaluation, en env, name string, args []hclsyntax.Expression) (value cty.Value, ok bool) {
	if slices.Contains(lateFunctions, name) {
		return unknown(name + "() is answered only where Terragrunt runs"), true
	}
	switch name {
	case "get_terragrunt_dir":
		return cty.StringVal(absolute(u.dir)), true
	case "get_original_terragrunt_dir":
		return cty.StringVal(absolute(u.original)), true
	case "get_repo_root":
		return cty.StringVal(absolute(".")), true
	case "get_path_from_repo_root":
		return cty.StringVal(u.dir), true
	case "get_path_to_repo_root":
		return cty.StringVal(relative(u.dir, ".")), true
	case "get_parent_terragrunt_dir":
		return u.ofInclude(ev, en, args, absolute), true
	case "path_relative_to_include":
		return u.ofInclude(ev, en, args, func(parent string) string { return relative(parent, u.dir) }), true
	case "path_relative_from_include":
		return u.ofInclude(ev, en, args, func(parent string) string { return relative(u.dir, parent) }), true
	case "find_in_parent_folders":
		return u.findAbove(ev, en, args), true
	case "read_terragrunt_config":
		return u.readConfig(ev, en, args), true
	case "mark_as_read", "mark_glob_as_read":
		if len(args) == 1 {
			return ev.eval(en, args[0]), true
		}
	case "get_terraform_commands_that_need_vars", "get_terraform_commands_that_need_input",
		"get_terraform_commands_that_need_locking", "get_terraform_commands_that_need_parallelism":
		return cty.TupleVal([]cty.Value{cty.StringVal("plan"), cty.StringVal("apply")}), true
	case "deep_merge":
		return u.deepMerge(ev, en, args), true
	}
	return cty.NilVal, false
}

// ofInclude computes a path from the directory of the file that a unit
// includes: the one that is named, else the first. In the included file itself
// that is its own. A unit that includes nothing is its own parent.
func (u *unitFile) ofInclude(ev *evaluation, en env, args []hclsyntax.Expression, compute func(parent string) string) cty.Value {
	if u.outer != nil {
		return cty.StringVal(compute(path.Dir(u.file.path)))
	}
	name := ""
	if len(args) > 0 {
		plain, _ := ev.convert(ev.eval(en, args[0]), cty.String).Unmark()
		if !plain.IsKnown() || plain.IsNull() {
			return unknown("the name of an include is not known")
		}
		name = plain.AsString()
	}
	for _, i := range u.includes {
		if name != "" && i.name != name {
			continue
		}
		if i.file == nil {
			return unknown("the file that is included was not read")
		}
		return cty.StringVal(compute(path.Dir(i.file.file.path)))
	}
	return cty.StringVal(compute(u.dir))
}

// findAbove finds a file or directory in the folders above the unit.
func (u *unitFile) findAbove(ev *evaluation, en env, args []hclsyntax.Expression) cty.Value {
	texts := make([]string, len(args))
	for i, arg := range args {
		value := ev.convert(ev.eval(en, arg), cty.String)
		plain, marks := value.Unmark()
		if !plain.IsKnown() || plain.IsNull() {
			if i == 0 {
				return carry(cty.UnknownVal(cty.String), marks)
			}
			continue
		}
		texts[i] = plain.AsString()
	}
	wanted := []string{"terragrunt.hcl", "root.hcl"}
	if len(texts) > 0 {
		wanted = texts[:1]
	}
	for dir := u.dir; dir != "."; {
		dir = path.Dir(dir)
		for _, name := range wanted {
			if found, ok := join(dir, name); ok {
				if _, err := fs.Stat(ev.loader.tree.FS, found); err == nil {
					return cty.StringVal(absolute(found))
				}
			}
		}
	}
	if len(args) > 1 {
		return cty.StringVal(texts[1])
	}
	return ev.fail("no folder above holds " + wanted[0])
}

// readConfig evaluates another Terragrunt file and returns what it declares.
func (u *unitFile) readConfig(ev *evaluation, en env, args []hclsyntax.Expression) cty.Value {
	if len(args) == 0 {
		return ev.fail("read_terragrunt_config() takes a path")
	}
	plain, marks := ev.convert(ev.eval(en, args[0]), cty.String).Unmark()
	if !plain.IsKnown() || plain.IsNull() {
		return because(carry(cty.DynamicVal, marks), "the path of a file is not known")
	}
	name, ok := inRepository(u.dir, plain.AsString())
	if !ok {
		return unknown("a file outside of the repository is not read")
	}
	if read := u.others[name]; read != nil {
		return read.asValue(ev)
	}
	if f := ev.loader.hclFile(name); f != nil {
		read := &unitFile{file: f, dir: path.Dir(name), original: u.original, others: u.others, foreign: true}
		u.others[name] = read
		return ev.open(read).asValue(ev)
	}
	if len(args) > 1 {
		return ev.eval(en, args[1])
	}
	return ev.fail("there is no " + name)
}

func (u *unitFile) deepMerge(ev *evaluation, en env, args []hclsyntax.Expression) cty.Value {
	if len(args) == 0 {
		return unknown("the arguments of deep_merge() are not known")
	}
	value := ev.eval(en, args[0])
	for _, arg := range args[1:] {
		value = ev.merged(value, ev.eval(en, arg))
	}
	return value
}

// located turns the path that a function of files is given into one that leads
// there from the directory of the unit: relative paths start at the file in
// which they are written.
func (u *unitFile) located(ev *evaluation, name string, args []cty.Value) []cty.Value {
	if !strings.HasPrefix(name, "file") && name != "templatefile" || len(args) == 0 {
		return args
	}
	plain, marks := args[0].Unmark()
	if plain.Type() != cty.String || !plain.IsKnown() || plain.IsNull() {
		return args
	}
	args = slices.Clone(args)
	if below, ok := inRepository(path.Dir(u.file.path), plain.AsString()); ok {
		args[0] = cty.StringVal(relative(ev.task.dir, below)).WithMarks(marks)
	}
	return args
}

// portable makes a value independent of where the repository lies: text that
// holds its absolute path is unknown, and so is what stands for a whole object.
func portable(value cty.Value) cty.Value {
	opened, _ := opaque(value)
	replaced, err := cty.Transform(opened, func(_ cty.Path, member cty.Value) (cty.Value, error) {
		plain, marks := member.Unmark()
		if plain.Type() != cty.String || !plain.IsKnown() || plain.IsNull() || !containsHole(plain.AsString()) {
			return member, nil
		}
		late := carry(unknown("it holds the path of the repository on the machine that runs Terragrunt"), marks)
		return hinted(late, plain.AsString()), nil
	})
	if err != nil {
		return unknown("it holds what is known only where Terragrunt runs")
	}
	return replaced
}

func isFile(fsys fs.FS, name string) bool {
	info, err := fs.Stat(fsys, name)
	return err == nil && info.Mode().IsRegular()
}

// containsHole reports whether a part of a text is not known.
func containsHole(text string) bool { return strings.ContainsRune(text, resource.Hole) }

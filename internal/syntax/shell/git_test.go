package shell

import (
	"fmt"
	"strings"
	"testing"
)

func TestGit(t *testing.T) {
	tests := map[string]string{
		"git push --mirror x":                     "push [--mirror] [x]",
		"/usr/bin/git push -fu origin main":       "push [-f -u] [origin main]",
		"git.exe push":                            "push [] []",
		"git -C dir -c a=b --no-pager push x":     "push [] [x] -C dir -c a=b",
		"git push -o ci.skip --repo=x y":          "push [-o=ci.skip --repo=x] [y]",
		"git push -- -x":                          "push [] [-x]",
		"git push $ARGS":                          "push [] […] more",
		"git push https://$T@h":                   "push [] [https://…@h]",
		"git push --force=$X":                     "push [--force=…] []",
		"git push --$X y":                         "push [] [y] more",
		"git clone -bmain --depth 1 x":            "clone [-b=main --depth=1] [x]",
		"git remote add --mirror=push -t m o url": "remote [--mirror=push -t=m] [add o url]",
		"git bundle create x.bundle --all":        "bundle [--all] [create x.bundle]",
		"git commit -am 'a b'":                    "commit [-a -m=a b] []",
		"git push x +refs/*:refs/* :old":          "push [] [x +refs/*:refs/* :old]",
		"git $X":                                  "none",
		"git":                                     "none",
		"gitk push":                               "none",
	}
	for script, want := range tests {
		g, ok := Git(parse(t, script, Options{}).Commands[0])
		got := "none"
		if ok {
			got = show(g)
		}
		if got != want {
			t.Errorf("%s: %s, want %s", script, got, want)
		}
	}
}

func show(g GitCommand) string {
	var flags, args []string
	for _, f := range g.Flags {
		text := f.Name
		if f.HasValue {
			text += "=" + f.Value.Readable()
		}
		flags = append(flags, text)
	}
	for _, a := range g.Args {
		args = append(args, a.Readable())
	}
	text := fmt.Sprint(g.Subcommand, " ", flags, " ", args)
	if g.Dir.Readable() != "" {
		text += " -C " + g.Dir.Readable()
	}
	for _, c := range g.Config {
		text += " -c " + c.Readable()
	}
	if g.MayHaveMore {
		text += " more"
	}
	return strings.ReplaceAll(text, holeText, "…")
}

func TestGitFlags(t *testing.T) {
	g, _ := Git(parse(t, "git push --force -u a", Options{}).Commands[0])
	if !g.Has("--force", "-f") || g.Has("--mirror") || !g.Has("-u") || g.Arg(0).Text != "a" || g.Arg(1).Known {
		t.Errorf("flags of git push --force -u a: %+v", g)
	}
}

package azurepipelines

import "testing"

func TestLocalTemplate(t *testing.T) {
	admitted := map[string]bool{"devops/templates/jobs/a.yml": true, "ci/jobs/b.yml": true}
	cases := []struct{ name, text, caller, want string }{
		{"beside the caller", "jobs/b.yml", "ci/main.yml", "ci/jobs/b.yml"},
		{"from the root", "/ci/jobs/b.yml", "devops/main.yml", "ci/jobs/b.yml"},
		{"a pipeline that is copied out of the templates", "templates/jobs/a.yml", "devops/templates/pipelines/main.yml", "devops/templates/jobs/a.yml"},
		{"nowhere", "jobs/c.yml", "devops/templates/pipelines/main.yml", ""},
	}
	for _, c := range cases {
		if got, ok := localTemplate(c.text, c.caller, admitted); got != c.want || !ok {
			t.Errorf("%s: %q %v", c.name, got, ok)
		}
	}
	if _, ok := localTemplate("jobs/b.yml@other", "ci/main.yml", admitted); ok {
		t.Error("another repository's template is taken for one of this one")
	}
}

// Package git says what happens to a platform's code when its repository is
// lost: which jobs copy it to another host and what they do to the copy, what
// keeps a copy from being deleted, and what hosts are told as code. Facts about
// commands come from the git manual, facts about actions from their sources.
package git

import (
	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/resource"
)

// Mappers lists the services. They must come after the mappers of storage,
// because a bundle is as safe as the bucket it goes to. Among them hosts come
// before workflows, which may push to a repository that a host is told to make.
func Mappers() []draft.Mapper {
	itself := []string{workflowType, pipelineType, "terraform_backend"}
	return []draft.Mapper{
		{Service: "github", Types: []string{githubRepository}, Declare: managed(declareGitHub), Attach: managed(attachGitHub)},
		{Service: "github_rules", Types: githubRules, Attach: managed(attachRule)},
		{Service: "gitlab", Types: []string{gitlabProject}, Declare: managed(declareGitLab)},
		{Service: "gitlab_branch", Types: []string{"gitlab_branch_protection"}, Attach: managed(attachGitLabBranch)},
		{Service: "gitlab_tag", Types: []string{"gitlab_tag_protection"}, Attach: managed(attachGitLabTag)},
		{Service: "azuredevops", Types: []string{azureRepository}, Declare: managed(declareAzureRepos), Attach: managed(attachAzureRepos)},
		{Service: "repository", Types: itself, Declare: declareSelf},
		{Service: "gitlab_mirror", Types: gitlabMirrors, Attach: managed(attachGitLabMirror)},
		{Service: "workflow", Types: pipelineTypes, Attach: attachWorkflow},
		{Service: "repository", Types: itself, Attach: concludeSelf},
		{Service: "hosted", Types: []string{githubRepository, gitlabProject, azureRepository}, Attach: managed(concludeHosted)},
	}
}

// managed limits a step to resources that the configuration creates.
func managed(step func(*draft.Draft, *resource.Resource)) func(*draft.Draft, *resource.Resource) {
	return func(d *draft.Draft, r *resource.Resource) {
		if r.Mode == resource.Managed {
			step(d, r)
		}
	}
}

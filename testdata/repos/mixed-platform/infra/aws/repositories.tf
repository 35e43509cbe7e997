resource "github_repository" "pipelines" {
  name               = "pipelines"
  archive_on_destroy = true
}

resource "github_branch_protection" "pipelines" {
  repository_id  = github_repository.pipelines.node_id
  pattern        = "main"
  enforce_admins = true
}

resource "github_repository" "notebooks" {
  name = "notebooks"
}

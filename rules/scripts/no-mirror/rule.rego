# METADATA
# title: The repository has a copy on another host
# description: >-
#   The scripts, pipelines and configuration in this repository are what a platform is
#   rebuilt from, and every commit is a snapshot of them. All of these snapshots are lost
#   together when someone deletes the repository, when the account that owns it is closed
#   or taken over, or when its host is down in the middle of a recovery. A clone on
#   another host is what is left then, and it helps only if nobody can delete that one too.
# related_resources:
# - ref: https://docs.github.com/en/repositories/archiving-a-github-repository/backing-up-a-repository
#   description: Backing up a repository
# - ref: https://git-scm.com/docs/git-push
#   description: git push
# - ref: https://git-scm.com/docs/git-bundle
#   description: git bundle
# custom:
#   severity: high
#   profile: minimal
#   kinds: [repository]
#   guide: [42, 43]
#   fix:
#     all: >-
#       Add a pipeline that runs on every push and every night, checks out the whole
#       history and pushes to a repository on another host with git push URL
#       'refs/remotes/origin/*:refs/heads/*' 'refs/tags/*:refs/tags/*', without
#       --mirror, --prune or --force. Or upload git bundle create --all under a new
#       name each time. Then let nobody delete the copy: lock the bucket's
#       retention, or deny DeleteRepository and ForcePush to administrators too.
#     github: >-
#       Add a workflow that runs on every push and every night, checks out with
#       fetch-depth: 0 and pushes to a repository on another host with git push URL
#       'refs/remotes/origin/*:refs/heads/*' 'refs/tags/*:refs/tags/*', without
#       --mirror, --prune or --force. Or upload git bundle create --all under a new
#       name each time. Then let nobody delete the copy: lock the bucket's
#       retention, or deny DeleteRepository and ForcePush to administrators too.
#     azuredevops: >-
#       Add a pipeline that runs on every push and every night, checks out with
#       fetchDepth: 0 and pushes to a repository on another host with git push URL
#       'refs/remotes/origin/*:refs/heads/*' 'refs/tags/*:refs/tags/*', without
#       --mirror, --prune or --force. Or upload git bundle create --all under a new
#       name each time. Then let nobody delete the copy: lock the bucket's
#       retention, or deny DeleteRepository and ForcePush to administrators too.
#   tags: [disaster-recovery, git]
package rules.scripts.no_mirror

import data.rules.lib.mirrors

deny contains {"asset": a.id, "at": "protections.mirror", "message": message} if {
	some a in uncopied
	a.settings.self.value == true
	a.protections.mirror.state == "off"
	message := sprintf("This repository has no copy on another host, and so none that is kept from deletion: %s", [cause(a)])
}

deny contains {"asset": a.id, "at": "protections.mirror", "message": message} if {
	some a in uncopied
	not a.settings.self
	a.protections.mirror.state == "off"
	message := sprintf("Repository %s has no copy on another host: %s", [a.address, reason(a)])
}

unknown contains {"asset": a.id, "at": "protections.mirror", "message": message} if {
	some a in uncopied
	a.settings.self.value == true
	a.protections.mirror.state == "unknown"
	message := sprintf("Whether this repository has a copy on another host is unknown because %s", [a.protections.mirror.why])
}

exempt contains {"asset": a.id, "message": message} if {
	some a in uncopied
	not a.settings.self
	a.protections.mirror.state == "unknown"
	message := sprintf("What copies %s is not configured here: its own files say it", [mirrors.called(a)])
}

exempt contains {"asset": a.id, "at": "mirrors.0.host", "message": message} if {
	some a in input.assets
	count(a.mirrors) > 0
	a.protections.mirror.state != "on"
	message := sprintf("%s has a mirror, and scripts/mirror-same-host judges where it is", [mirrors.opening(a)])
}

uncopied := [a | some a in input.assets; count(a.mirrors) == 0]

# A mirror may be written and switched off.
reason(a) := sprintf("%s does not run, because %s", [a.protections.mirror.means[0].by, a.protections.mirror.why]) if {
	count(a.protections.mirror.means) > 0
} else := a.protections.mirror.why

# cause is a declaration that has ended, else that nothing was found.
cause(a) := mirrors.lapsed(a)[0].why if {
	count(mirrors.lapsed(a)) > 0
} else := searched

# searched says what was looked through.
searched := sprintf("its only %s, %s, neither pushes it elsewhere nor stores a git bundle of it", [word, input.pipelines[0].path]) if {
	count(input.pipelines) == 1
} else := sprintf("none of its %d %ss (%s) pushes it elsewhere or stores a git bundle of it", [count(input.pipelines), word, listed])

# What runs on GitHub is a workflow; on Azure DevOps, or on both, pipelines.
default word := "workflow"

word := "pipeline" if {
	some pipeline in input.pipelines
	pipeline.format != "github-actions"
}

most := 4

listed := sprintf("%s and %d more", [concat(", ", array.slice(names, 0, most)), count(names) - most]) if {
	count(names) > most + 1
} else := concat(", ", names)

# names are those of the files, or paths where two files have one name.
names := files if {
	count({name | some name in files}) == count(files)
} else := [pipeline.path | some pipeline in input.pipelines]

files := [name |
	some pipeline in input.pipelines
	parts := split(pipeline.path, "/")
	name := parts[count(parts) - 1]
]

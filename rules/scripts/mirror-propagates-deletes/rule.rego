# METADATA
# title: The mirror keeps what is deleted from the repository
# description: >-
#   A copy that is made the same as its source in every run is a replica, not a backup. If
#   a branch, a tag or the whole history is deleted by mistake, the next run deletes it
#   from the copy as well, usually within minutes. The copy looks like protection and is
#   gone at the very moment it is needed. A mirror that only adds keeps everything.
# related_resources:
# - ref: https://git-scm.com/docs/git-push#Documentation/git-push.txt---mirror
#   description: git push --mirror and --prune
# - ref: https://docs.gitlab.com/user/project/repository/mirror/push/
#   description: Push mirroring in GitLab
# custom:
#   severity: high
#   profile: minimal
#   kinds: [repository]
#   guide: [43]
#   fix:
#     all: >-
#       Push without --mirror, --prune and --force, and not on the delete event: git
#       push URL 'refs/remotes/origin/*:refs/heads/*' 'refs/tags/*:refs/tags/*'
#       after a checkout of the whole history. Give bundles a new name each time, or
#       keep versions.
#     github: >-
#       Push without --mirror, --prune and --force, and not on the delete event: git
#       push URL 'refs/remotes/origin/*:refs/heads/*' 'refs/tags/*:refs/tags/*'
#       after a checkout of the whole history (fetch-depth: 0). Replace actions that
#       cannot be told not to prune. Give bundles a new name each time, or keep
#       versions.
#     gitlab: >-
#       Push without --mirror, --prune and --force, and not on the delete event: git
#       push URL 'refs/remotes/origin/*:refs/heads/*' 'refs/tags/*:refs/tags/*'
#       after a checkout of the whole history. Give bundles a new name each time, or
#       keep versions. On gitlab_project_push_mirror leave keep_divergent_refs true.
#   tags: [backup, git]
package rules.scripts.mirror_propagates_deletes

import data.rules.lib.mirrors

deny contains {"asset": a.id, "at": sprintf("mirrors.%d.propagates_deletes", [i]), "message": message} if {
	some a in judged
	count(doubts(a)) == 0
	some i, m in a.mirrors
	mirrors.elsewhere(m)
	mirrors.follows(m)
	message := sprintf("%s what was deleted from %s, and nothing else keeps it", [act(m), mirrors.called(a)])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := doubts(a)[0]
	message := sprintf("Whether %s keeps what is deleted from %s is unknown because %s", [doubt.copy, mirrors.called(a), doubt.why])
}

exempt contains {"asset": a.id, "message": mirrors.excuse(a)} if some a in input.assets

judged := [a | some a in input.assets; not keeps(a)]

# keeps holds when some copy stays as it is.
keeps(a) if {
	some m in a.mirrors
	mirrors.serves(m)
	m.propagates_deletes.value == false
}

keeps(a) if {
	some m in a.mirrors
	mirrors.serves(m)
	mirrors.refused(m)
}

doubts(a) := [{"at": sprintf("mirrors.%d.propagates_deletes", [i]), "copy": mirrors.copy(m), "why": why(m)} |
	some i, m in a.mirrors
	mirrors.elsewhere(m)
]

why(m) := m.propagates_deletes.why if m.propagates_deletes.state == "unknown"

why(m) := mirrors.loophole(m) if {
	m.propagates_deletes.value == true
	mirrors.bypassable(m)
}

act(m) := sprintf("The next run of %s replaces %s by one without", [m.by, mirrors.there(m)]) if {
	m.form == "bundle"
} else := sprintf("The next run of %s deletes from %s", [m.by, mirrors.there(m)])

# METADATA
# title: The mirror has every branch and tag
# description: >-
#   What is not sent is not saved. A copy with one branch loses the work that is not merged
#   yet, and without tags nobody can tell which version was in production. A push of all
#   branches from a checkout is a trap: only local branches are sent, and a checkout has one.
# related_resources:
# - ref: https://git-scm.com/docs/git-push
#   description: What git push sends
# custom:
#   severity: low
#   kinds: [repository]
#   guide: [40, 42]
#   fix:
#     all: >-
#       Send the branches that the checkout fetched, and the tags: git push URL
#       'refs/remotes/origin/*:refs/heads/*' 'refs/tags/*:refs/tags/*'. In Azure
#       Pipelines set fetchDepth: 0 and fetchTags: true in the checkout step.
#     gitlab: >-
#       On gitlab_project_push_mirror leave only_protected_branches false and
#       mirror_branch_regex out. In a job: send the branches that the checkout
#       fetched, and the tags: git push URL 'refs/remotes/origin/*:refs/heads/*'
#       'refs/tags/*:refs/tags/*'.
#   tags: [disaster-recovery, git]
package rules.scripts.mirror_incomplete

import data.rules.lib.mirrors

deny contains {"asset": a.id, "at": sprintf("mirrors.%d.refs", [i]), "message": message} if {
	some a in judged
	count(doubts(a)) == 0
	some i, m in a.mirrors
	candidate(m)
	message := sprintf("%s %s of %s: %s", [mirrors.beginning(m), lack(m), mirrors.called(a), reason(m)])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := doubts(a)[0]
	message := sprintf("Whether %s has every branch and tag of %s is unknown because %s", [doubt.copy, mirrors.called(a), doubt.why])
}

exempt contains {"asset": a.id, "message": mirrors.excuse(a)} if some a in input.assets

exempt contains {"asset": a.id, "message": message} if {
	some a in input.assets
	mirrors.any_elsewhere(a)
	every m in a.mirrors {
		not candidate(m)
	}
	message := sprintf("What the mirror of %s can send depends on the history it has, which scripts/mirror-shallow judges", [mirrors.called(a)])
}

judged := [a | some a in input.assets; not complete(a)]

complete(a) if {
	some m in a.mirrors
	candidate(m)
	m.refs.value == "all"
}

# candidate leaves out mirrors without history. A shallow checkout knows no
# branch but its own, so both lacks have one cause.
candidate(m) if {
	mirrors.elsewhere(m)
	not follows_from_history(m)
}

follows_from_history(m) if m.history.value == "shallow"

follows_from_history(m) if {
	m.history.state == "unknown"
	m.refs.state == "unknown"
	m.refs.why == m.history.why
}

doubts(a) := [{"at": sprintf("mirrors.%d.refs", [i]), "copy": mirrors.copy(m), "why": m.refs.why} |
	some i, m in a.mirrors
	candidate(m)
	m.refs.state == "unknown"
]

lack(m) := "has only some of the branches and tags" if {
	m.form == "hosted"
} else := "has the branches, but not the tags" if {
	m.refs.value == "branches"
} else := "has only one branch"

reason(m) := m.refs.why if {
	m.refs.why != ""
} else := sprintf("%s is limited to protected or matching branches", [m.by]) if {
	m.form == "hosted"
} else := sprintf("%s takes nothing else", [m.by])

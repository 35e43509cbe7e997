# METADATA
# title: The mirror has the whole history
# description: >-
#   Every commit is a snapshot to go back to, so a copy is worth as much as the history in
#   it. A checkout that fetches only the last commit has none to give. Hosts refuse a push
#   from it unless they are told to take shallow updates, so the mirror fails in every run
#   and the copy stays empty or old. A bundle made from it cannot be cloned.
# related_resources:
# - ref: https://github.com/actions/checkout#usage
#   description: fetch-depth of actions/checkout
# - ref: https://git-scm.com/docs/git-config#Documentation/git-config.txt-receiveshallowUpdate
#   description: receive.shallowUpdate, off by default
# custom:
#   severity: high
#   profile: minimal
#   kinds: [repository]
#   guide: [40, 42]
#   fix: >-
#     Set fetch-depth to 0 in actions/checkout (fetchDepth: 0 in the checkout step of
#     Azure Pipelines) before the push, or clone with --mirror and without --depth.
#   tags: [disaster-recovery, git]
package rules.scripts.mirror_shallow

import data.rules.lib.mirrors

deny contains {"asset": a.id, "at": sprintf("mirrors.%d.history", [i]), "message": message} if {
	some a in judged
	count(doubts(a)) == 0
	some i, m in a.mirrors
	mirrors.elsewhere(m)
	m.history.value == "shallow"
	message := sprintf("%s does not get the history of %s: %s", [mirrors.beginning(m), mirrors.called(a), reason(m)])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := doubts(a)[0]
	message := sprintf("Whether %s has the history of %s is unknown because %s", [doubt.copy, mirrors.called(a), doubt.why])
}

exempt contains {"asset": a.id, "message": mirrors.excuse(a)} if some a in input.assets

judged := [a | some a in input.assets; not full(a)]

full(a) if {
	some m in a.mirrors
	mirrors.elsewhere(m)
	m.history.value == "full"
}

doubts(a) := [{"at": sprintf("mirrors.%d.history", [i]), "copy": mirrors.copy(m), "why": m.history.why} |
	some i, m in a.mirrors
	mirrors.elsewhere(m)
	m.history.state == "unknown"
]

reason(m) := "the checkout fetches only the last commit, because fetch-depth is not set" if {
	m.history.defaulted
} else := "what is sent was fetched with a limited depth"

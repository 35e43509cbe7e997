# METADATA
# title: The mirror keeps commits that a forced push removes
# description: >-
#   A forced push replaces a branch, and the commits that it drops are soon gone from the
#   repository. A mirror that forces its own pushes repeats this at the copy, so a mistaken
#   or malicious rewrite reaches both. Without force, the push of a rewritten branch is
#   refused: the job fails, somebody notices, and the copy still has what was lost.
# related_resources:
# - ref: https://git-scm.com/docs/git-push#Documentation/git-push.txt---force
#   description: git push --force
# custom:
#   severity: medium
#   kinds: [repository]
#   guide: [43]
#   fix: >-
#     Drop --force, --force-with-lease and the plus signs of refspecs from the push, and let
#     the job fail when a branch was rewritten. Or refuse forced pushes at the copy.
#   tags: [backup, git]
package rules.scripts.mirror_rewrites_history

import data.rules.lib.mirrors

deny contains {"asset": a.id, "at": sprintf("mirrors.%d.rewrites", [i]), "message": message} if {
	some a in judged
	count(doubts(a)) == 0
	some i, m in a.mirrors
	candidate(m)
	m.rewrites.value == true
	message := sprintf("A forced push to %s overwrites %s too: %s forces its pushes, and nothing else keeps the commits", [mirrors.called(a), mirrors.there(m), m.by])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := doubts(a)[0]
	message := sprintf("Whether a forced push to %s overwrites %s too is unknown because %s", [mirrors.called(a), doubt.copy, doubt.why])
}

exempt contains {"asset": a.id, "message": mirrors.excuse(a)} if some a in input.assets

exempt contains {"asset": a.id, "message": message} if {
	some a in judged
	mirrors.any_elsewhere(a)
	every m in a.mirrors {
		not candidate(m)
	}
	message := sprintf("The mirror of %s repeats deletions or may do so, which scripts/mirror-propagates-deletes judges", [mirrors.called(a)])
}

judged := [a | some a in input.assets; not keeps(a)]

keeps(a) if {
	some m in a.mirrors
	mirrors.serves(m)
	m.rewrites.value == false
	m.propagates_deletes.value == false
}

keeps(a) if {
	some m in a.mirrors
	mirrors.serves(m)
	mirrors.refused(m)
}

# candidate leaves out mirrors that certainly delete as well, and those whose
# options cannot be read, because one cause is one finding.
candidate(m) if {
	mirrors.elsewhere(m)
	m.propagates_deletes.value == false
}

candidate(m) if {
	mirrors.elsewhere(m)
	m.propagates_deletes.state == "unknown"
	m.rewrites.value == true
}

doubts(a) := [{"at": sprintf("mirrors.%d.rewrites", [i]), "copy": mirrors.copy(m), "why": why(m)} |
	some i, m in a.mirrors
	candidate(m)
]

why(m) := m.rewrites.why if m.rewrites.state == "unknown"

why(m) := mirrors.loophole(m) if {
	m.rewrites.value == true
	mirrors.bypassable(m)
}

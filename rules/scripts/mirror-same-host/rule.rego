# METADATA
# title: The mirror is on another host
# description: >-
#   A mirror exists so that something is left when the host of the repository fails, when
#   the account there is closed or when its owner's credentials are stolen. A second
#   repository on the same host shares all of these with the first one. It helps when one
#   of the two is deleted, and in no other case.
# related_resources:
# - ref: https://docs.github.com/en/repositories/archiving-a-github-repository/backing-up-a-repository
#   description: Backing up a repository
# custom:
#   severity: medium
#   profile: minimal
#   kinds: [repository]
#   guide: [42]
#   fix: >-
#     Push to a repository of another Git host, in an account with owners and credentials
#     of its own, or store git bundles in the object storage of a cloud.
#   tags: [disaster-recovery, git]
package rules.scripts.mirror_same_host

import data.rules.lib.mirrors

deny contains {"asset": a.id, "at": sprintf("mirrors.%d.host", [i]), "message": message} if {
	some a in judged
	count(doubts(a)) == 0
	some i, m in a.mirrors
	message := sprintf("%s is on %s, the host of %s itself, and is lost together with it", [mirrors.beginning(m), m.host.value, mirrors.called(a)])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := doubts(a)[0]
	message := sprintf("Whether %s of %s is on another host is unknown because %s", [doubt.copy, mirrors.called(a), doubt.why])
}

exempt contains {"asset": a.id, "message": mirrors.excuse(a)} if {
	some a in input.assets
	count(a.mirrors) == 0
}

judged := [a |
	some a in input.assets
	every m in a.mirrors {
		m.same_host != "no"
	}
]

doubts(a) := [{"at": sprintf("mirrors.%d.host", [i]), "copy": mirrors.copy(m), "why": why(a, m)} |
	some i, m in a.mirrors
	m.same_host == "unknown"
]

why(_, m) := m.host.why if m.host.state == "unknown"

why(a, m) := sprintf("the host of %s is not known", [mirrors.called(a)]) if m.host.state != "unknown"

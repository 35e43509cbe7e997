# METADATA
# title: The mirror has the large files
# description: >-
#   Files that .gitattributes hands to Git LFS are not in the history: a commit holds a
#   pointer, and the content lies on the host's LFS server. git push copies the pointers.
#   In a copy without the content, trained models, samples and reference data are gone,
#   and a checkout of it fails.
# related_resources:
# - ref: https://github.com/git-lfs/git-lfs/blob/main/docs/man/git-lfs-push.adoc
#   description: git lfs push
# custom:
#   severity: medium
#   kinds: [repository]
#   guide: [42]
#   fix: >-
#     Run git lfs fetch --all before and git lfs push --all URL after the push. Archive the
#     LFS objects beside a bundle, which cannot hold them.
#   tags: [disaster-recovery, git]
package rules.scripts.mirror_misses_lfs

import data.rules.lib.mirrors

deny contains {"asset": a.id, "at": sprintf("mirrors.%d.lfs", [i]), "message": message} if {
	some a in judged
	count(doubts(a)) == 0
	some i, m in a.mirrors
	mirrors.elsewhere(m)
	m.lfs.value == false
	message := sprintf("%s lacks the large files of %s: %s takes only their pointers", [mirrors.beginning(m), mirrors.called(a), m.by])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := doubts(a)[0]
	message := sprintf("Whether %s has the large files of %s is unknown because %s", [doubt.copy, mirrors.called(a), doubt.why])
}

exempt contains {"asset": a.id, "message": mirrors.excuse(a)} if some a in input.assets

exempt contains {"asset": a.id, "message": message} if {
	some a in input.assets
	mirrors.any_elsewhere(a)
	every m in a.mirrors {
		m.lfs.state == "absent"
	}
	message := sprintf("No file of %s is handed to Git LFS", [mirrors.called(a)])
}

judged := [a | some a in input.assets; not taken(a)]

taken(a) if {
	some m in a.mirrors
	mirrors.elsewhere(m)
	m.lfs.value == true
}

doubts(a) := [{"at": sprintf("mirrors.%d.lfs", [i]), "copy": mirrors.copy(m), "why": m.lfs.why} |
	some i, m in a.mirrors
	mirrors.elsewhere(m)
	m.lfs.state == "unknown"
]

# METADATA
# title: One copy of the repository cannot be deleted
# description: >-
#   A mirror guards against the loss of a host, not against people. Whoever may delete the
#   repository often may delete its mirror as well, and a stolen token reaches both. At
#   least one copy has to be out of reach: a repository whose deletion and forced pushes
#   are denied to administrators too, or a bundle under locked retention. Rules that protect
#   branches do not keep anyone from deleting the repository around them.
# related_resources:
# - ref: https://learn.microsoft.com/azure/devops/repos/git/set-git-repository-permissions
#   description: Git repository permissions in Azure Repos
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
#   description: Locking objects with S3 Object Lock
# - ref: https://learn.microsoft.com/azure/storage/blobs/immutable-storage-overview
#   description: Immutable storage for blobs
# custom:
#   severity: high
#   profile: minimal
#   kinds: [repository]
#   guide: [43]
#   fix: >-
#     Keep one copy that nobody can delete: in Azure Repos, deny DeleteRepository and
#     ForcePush to Project Administrators with azuredevops_git_permissions; or upload
#     git bundle create --all under a new name each time into a bucket or container whose
#     retention is locked. Where that is set outside this repository, attest the protection
#     undeletable_copy in .drlint.yaml, with its owner and the day until which that counts.
#   tags: [backup, git]
package rules.scripts.no_undeletable_copy

import data.rules.lib.mirrors

deny contains {"asset": a.id, "at": sprintf("mirrors.%d.undeletable", [i]), "message": message} if {
	some a in judged
	count(doubts(a)) == 0
	i := deletable(a)[0]
	message := sprintf("No copy of %s is kept from deletion: %s", [mirrors.called(a), reason(a.mirrors[i])])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := doubts(a)[0]
	message := sprintf("Whether %s is kept from deletion is unknown because %s", [doubt.copy, doubt.why])
}

deny contains {"asset": a.id, "at": copy.at, "message": message} if {
	some a in declared
	every other in mirrors.attested(a) {
		other.locked == "no"
	}
	copy := mirrors.attested(a)[0]
	message := sprintf("No copy of %s is kept from deletion: the one that %s declares can be deleted", [mirrors.called(a), copy.by])
}

unknown contains {"asset": a.id, "at": copy.at, "message": message} if {
	some a in declared
	copy := [copy | some copy in mirrors.attested(a); copy.locked != "no"][0]
	message := sprintf("Whether the copy of %s is kept from deletion is unknown because its declaration in %s does not say whether it is locked", [mirrors.called(a), copy.by])
}

exempt contains {"asset": a.id, "message": mirrors.excuse(a)} if some a in unkept

exempt contains {"asset": a.id, "message": message} if {
	some a in unkept
	mirrors.any_elsewhere(a)
	every m in elsewhere(a) {
		mirrors.follows(m)
	}
	message := sprintf("What is deleted from %s is deleted from its copy, which scripts/mirror-propagates-deletes reports", [mirrors.called(a)])
}

unkept := [a |
	some a in input.assets
	not kept(a)
]

kept(a) if {
	a.protections.undeletable_copy.state == "on"
	a.protections.undeletable_copy.scope == "whole"
}

# declared are the repositories whose only copies are those that people declare.
declared := [a |
	some a in unkept
	count(a.mirrors) == 0
	count(mirrors.attested(a)) > 0
]

judged := [a |
	some a in unkept
	some m in elsewhere(a)
	not mirrors.follows(m)
]

elsewhere(a) := [m | some m in a.mirrors; mirrors.elsewhere(m)]

# candidates are the mirrors whose copy could be the one that stays.
candidates(a) := [i |
	some i, m in a.mirrors
	mirrors.elsewhere(m)
	not mirrors.follows(m)
]

deletable(a) := [i |
	some i in candidates(a)
	certain(a.mirrors[i])
]

# certain holds when it is known that people can delete the copy.
certain(m) if m.undeletable.value == false

certain(m) if permitted(m)

# permitted is the permission that leaves administrators out.
permitted(m) := means if {
	some means in input.by_id[m.target_asset].protections.undeletable_copy.means
	means.mechanism == "guard.git_permissions"
	means.state == "on"
	means.scope == "partial"
}

doubts(a) := [{"at": sprintf("mirrors.%d.undeletable", [i]), "copy": mirrors.copy(m), "why": why(m)} |
	some i in candidates(a)
	m := a.mirrors[i]
	not certain(m)
]

why(m) := "its rules protect branches only, and who may delete the whole repository is set on its host" if {
	mirrors.ruled(m)
} else := m.undeletable.why if {
	m.target_asset != ""
} else := m.undeletable.why if {
	m.form == "bundle"
} else := m.undeletable.why if {
	m.host.state != "known"
} else := sprintf("that is set on %s, not in this repository", [m.host.value])

reason(m) := sprintf("%s in %s", [permitted(m).why, permitted(m).by]) if {
	permitted(m)
} else := sprintf("nothing locks %s, where its bundles are kept", [input.by_id[m.target_asset].address]) if {
	m.form == "bundle"
} else := sprintf("nothing stops people from deleting %s, where %s puts it", [input.by_id[m.target_asset].address, m.by])

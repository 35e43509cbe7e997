# What several rules ask about the copies of a Git repository.
package rules.lib.mirrors

# called names a repository within a sentence, and opening at its beginning.
called(a) := "this repository" if {
	a.settings.self.value == true
} else := sprintf("repository %s", [a.address])

opening(a) := "This repository" if {
	a.settings.self.value == true
} else := sprintf("Repository %s", [a.address])

# copy names what a mirror makes, as far as it can be told where that is.
copy(m) := sprintf("the copy in %s", [input.by_id[m.target_asset].address]) if {
	input.by_id[m.target_asset]
} else := sprintf("the copy at %s", [m.target.value]) if {
	m.target.state == "known"
} else := sprintf("the copy on %s", [m.host.value]) if {
	m.host.state == "known"
} else := sprintf("the copy that %s makes", [m.by])

# there is the copy where what makes it is named already.
there(m) := "the copy" if {
	not input.by_id[m.target_asset]
	m.target.state != "known"
	m.host.state != "known"
} else := copy(m)

# beginning names the copy at the beginning of a sentence.
beginning(m) := replace(copy(m), "the copy", "The copy")

# elsewhere holds for a mirror that is not certainly on the host of its source.
elsewhere(m) if m.same_host != "yes"

# excuse says why there is no mirror whose quality could be judged.
excuse(a) := sprintf("The copy of %s is on its own host, which scripts/mirror-same-host judges", [called(a)]) if {
	count(a.mirrors) > 0
	not any_elsewhere(a)
} else := sprintf("Whether %s has a copy at all is not known, which scripts/no-mirror reports", [called(a)]) if {
	count(a.mirrors) == 0
	a.settings.self.value == true
	a.protections.mirror.state == "unknown"
} else := sprintf("Nothing that is configured here copies %s", [called(a)]) if {
	count(a.mirrors) == 0
	a.protections.mirror.state == "unknown"
} else := sprintf("The copy of %s is declared in %s, and no file shows how it is made", [called(a), attested(a)[0].by]) if {
	count(a.mirrors) == 0
	a.protections.mirror.state == "on"
} else := sprintf("%s has no copy, which scripts/no-mirror reports", [opening(a)]) if {
	count(a.mirrors) == 0
}

# attested lists the copies that somebody declares, and lapsed those whose
# declaration has ended.
attested(a) := [{"at": sprintf("protections.mirror.means.%d", [i]), "by": means.by, "locked": means.locked} |
	some i, means in a.protections.mirror.means
	means.mechanism == "declared.mirror"
	means.state == "on"
]

lapsed(a) := [means |
	some means in a.protections.mirror.means
	means.mechanism == "declared.mirror"
	means.state == "off"
]

any_elsewhere(a) if {
	some m in a.mirrors
	elsewhere(m)
}

# serves leaves out mirrors without history, which give nothing back.
serves(m) if {
	elsewhere(m)
	not m.history.value == "shallow"
}

# follows holds for a mirror that deletes what its source deletes.
follows(m) if {
	m.propagates_deletes.value == true
	not refused(m)
	not bypassable(m)
}

# refused holds when the place of the copy takes neither deletions nor forced
# pushes: nobody can delete it, or its rules keep every branch. The rules of
# GitLab bind every push, whoever makes it.
refused(m) if m.undeletable.value == true

refused(m) if {
	ruled(m)
	input.by_id[m.target_asset].provider == "gitlab"
}

refused(m) if {
	ruled(m)
	input.by_id[m.target_asset].protections.branch_protection.scope == "whole"
}

# bypassable holds when rules keep every branch of the copy and let somebody
# pass, who may be the one that pushes.
bypassable(m) if {
	ruled(m)
	not refused(m)
}

# ruled holds when rules at the place of the copy keep every branch.
ruled(m) if {
	some means in input.by_id[m.target_asset].protections.undeletable_copy.means
	means.mechanism == "git.branch_protection"
	means.state == "on"
}

# loophole completes "unknown because …" for a copy whose rules can be bypassed.
loophole(m) := sprintf("the rules of %s let somebody pass, and it cannot be seen who pushes", [input.by_id[m.target_asset].address])

# itself says why the scanned repository is not judged by what a configuration
# says about it: if one manages it, the repository of that resource is judged.
itself(a) := sprintf("The resource that manages %s is judged instead, if there is one", [called(a)]) if {
	a.settings.self.value == true
}

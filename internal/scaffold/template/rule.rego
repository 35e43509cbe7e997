# METADATA
# title: Raw stores keep earlier versions
# description: >-
#   Say here why it matters: what is lost, and who notices, where this is not so.
# custom:
#   severity: medium
#   kinds: [object_store]
#   stages: [raw]
#   fix: Say here what to write instead.
package PACKAGE

# The package is the name of the rule, and the metadata above chooses what it is
# asked about: input.assets holds the assets of these kinds and stages. All that
# is known of them: drlint inventory --format json.
#
# deny says that an asset breaks the rule. "at" is the path of what decides, which
# becomes file, line and column. An asset that no set below names passes.
deny contains {"asset": a.id, "at": "protections.versioning", "message": message} if {
	some a in input.assets
	a.protections.versioning.state == "off"
	message := sprintf("%s keeps no earlier versions", [a.address])
}

# unknown says that the configuration does not decide it, and what would. Never
# deny what may be right: every protection is on, off, unknown or inapplicable.
unknown contains {"asset": a.id, "at": "protections.versioning", "message": message} if {
	some a in input.assets
	a.protections.versioning.state == "unknown"
	message := sprintf("whether %s keeps earlier versions is open: %s", [a.address, a.protections.versioning.why])
}

# exempt says that the rule does not apply to an asset, and why. This rule needs
# none; delete these lines, or say here who is excused:
#
#	exempt contains {"asset": a.id, "at": "", "message": message} if {
#		some a in input.assets
#		a.tags.purpose == "staging"
#		message := sprintf("%s is filled again every night", [a.address])
#	}

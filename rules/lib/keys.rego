# Vaults of keys and what is encrypted with them.
package rules.lib.keys

# encrypted names, by vault, the stores whose keys it holds.
encrypted[vault] contains a.id if {
	some a in input.by_id
	some relation in a.relations
	relation.type == "encrypted_by"
	vault := relation.target
}

# encrypts says what a vault holds the keys of.
encrypts(a) := names[0] if {
	names := addresses(a)
	count(names) == 1
} else := sprintf("%s and %d more", [names[0], count(names) - 1]) if {
	names := addresses(a)
}

addresses(a) := sort({input.by_id[id].address | some id in encrypted[a.id]})

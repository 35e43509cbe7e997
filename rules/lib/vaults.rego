# Vaults that keep copies of the platform's data, and which rule speaks about them.
package rules.lib.vaults

import data.rules.lib.fate
import data.rules.lib.restore
import data.rules.lib.stores

# holding names, by vault, what is backed up into it.
holding[vault] contains a.id if {
	some a in input.by_id
	some relation in a.relations
	relation.type == "backed_up_by"
	vault := relation.target
}

# excuses say why a vault need not be judged.
excuses := {a.id: excuse(a) |
	some a in input.by_id
	a.kind == "backup_vault"
	excuse(a)
}

excuse(a) := sprintf("no scanned file backs anything up into %s", [a.address]) if {
	not holding[a.id]
} else := "this is not the repository of a data platform" if {
	not input.platform.data_platform
} else := sprintf("%s holds backups of the sandbox only", [a.address]) if {
	every id in holding[a.id] {
		some stage in input.by_id[id].stages
		stage == "sandbox"
	}
}

# contents says whose backups are in a vault.
contents(a) := sprintf("the backups of %s", [names[0]]) if {
	names := addresses(a)
	count(names) == 1
} else := sprintf("the backups of %s and %d more", [names[0], count(names) - 1]) if {
	names := addresses(a)
}

addresses(a) := sort({input.by_id[id].address | some id in holding[a.id]})

# fated names, by vault whose recovery points somebody may delete, the one rule that
# judges that: what one deletion takes away with its data is reported at the vault,
# else a copy of raw data for which nothing else is out of reach at the store.
fated := {a.id: fate_of(a) |
	some a in input.by_id
	a.kind == "backup_vault"
	not excuses[a.id]
	not locked(a)
}

fate_of(a) := "platform/vault-shares-fate" if {
	not apart(a)
	not kept(a)
} else := "raw/no-locked-copy" if {
	some id in holding[a.id]
	exposed[id]
} else := "platform/vault-not-locked"

# sharing are the stores that are held in a vault which shares their fate.
sharing contains id if {
	some vault, rule in fated
	rule == "platform/vault-shares-fate"
	some id in holding[vault]
}

# exposed are the stores that raw/no-locked-copy judges.
exposed[a.id] if {
	some a in input.by_id
	"raw" in a.stages
	a.recovery.compromise.survives != "yes"
	restore.restorable(a)
	not fate.goes(a)
	not stores.excuses[a.id]
}

# locked holds when nobody can delete a recovery point before its time.
locked(a) if {
	some means in a.protections.immutability.means
	means.state == "on"
	means.locked == "yes"
}

# apart holds for a vault that is certainly in another resource group, region or
# account than all that it protects.
apart(a) if a.settings.shares_group.value == false

apart(a) if {
	a.provider == "aws"
	found := copies(a)
	found[0]
	every means in found {
		elsewhere(means)
	}
}

elsewhere(means) if means.other_account == "yes"

elsewhere(means) if means.other_region == "yes"

# copies are what the things that it holds say about this vault.
copies(a) := [means |
	some id in holding[a.id]
	some means in input.by_id[id].protections.backup.means
	means.target == a.id
	means.state != "off"
]

# kept holds when something certainly keeps the vault or what is in it.
kept(a) if a.protections.delete_guard.state == "on"

kept(a) if a.protections.immutability.state == "on"

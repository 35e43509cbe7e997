# METADATA
# title: Data that only passes through is not backed up
# description: >-
#   What lies in a staging area or a temporary container is on its way: the source still
#   has it, and the next step writes it into the raw stage. A backup or a copy in another
#   region of such a place costs as much as one of the lake and never restores anything
#   that loading again would not give. That holds as long as a raw copy exists behind it.
# related_resources:
# - ref: https://learn.microsoft.com/azure/storage/common/storage-redundancy
#   description: Azure Storage redundancy
# custom:
#   severity: info
#   kinds: [object_store, container, file_share]
#   stages: [ingest]
#   guide: [1, 7, 10]
#   fix: >-
#     Take the store out of the backup, and put transient data into an account or bucket of
#     its own with local redundancy and a rule that deletes after some days. Protect the raw
#     copy instead. If this is the only copy, declare its stage, for instance with the tag
#     data-stage = raw.
#   tags: [cost]
package rules.ingest.backup_waste

import data.rules.lib.stores

deny contains {"asset": a.id, "at": paid[0].at, "message": message} if {
	some a in judged
	paid := payments(a)
	paid[0].state == "on"
	message := sprintf("%s pays for %s although what passes through it is kept in %s", [a.address, paid[0].what, raw_copies[0]])
}

unknown contains {"asset": a.id, "at": paid[0].at, "message": message} if {
	some a in judged
	paid := payments(a)
	paid[0].state == "unknown"
	message := sprintf("Whether %s pays for %s of data that only passes through is unknown because %s", [a.address, paid[0].what, paid[0].why])
}

exempt contains {"asset": a.id, "message": message} if {
	some a in judged
	not payments(a)[0]
	message := sprintf("Nothing of %s has to be backed up: ingest data passes through it and is kept in %s", [a.address, raw_copies[0]])
}

exempt contains {"asset": a.id, "message": message} if {
	some a in transient
	count(raw_copies) == 0
	payments(a)[0]
	message := sprintf("No raw copy of what passes through %s is in the scanned files, so this may be the only one", [a.address])
}

exempt contains {"asset": a.id, "message": stores.excuses[a.id]} if some a in input.assets

judged := [a | some a in transient; count(raw_copies) > 0]

transient := [a | some a in input.assets; not stores.excuses[a.id]]

raw_copies := [a.address |
	some a in input.by_id
	"raw" in a.stages
	a.kind in {"object_store", "container", "database", "table"}
]

# payments lists what costs money, certain ones first. What a container has from
# its account is decided there, for everything in it.
payments(a) := array.concat(
	[payment | some payment in offered(a); payment.state == "on"],
	[payment | some payment in offered(a); payment.state == "unknown"],
)

offered(a) := [{"at": sprintf("protections.%s", [name]), "what": what, "state": protection.state, "why": protection.why} |
	some name, what in priced
	protection := a.protections[name]
	protection.inherited == ""
]

priced := {"geo_replication": "a copy in another region", "backup": "a backup"}

# METADATA
# title: No backup is paid for enriched data alone
# description: >-
#   A vault charges for the space of every version of every file that it takes, and
#   enriched data changes with each run. What it gives back is what the process wrote, with
#   the fault of the process in it; the repair is the next run. Where only processes may
#   delete the data and another region has a copy, the same money does more for raw data.
#   Nothing is said about a backup that takes other stages as well, or that is the copy in
#   another region.
# related_resources:
# - ref: https://learn.microsoft.com/azure/backup/azure-data-lake-storage-backup-overview
#   description: Overview of Azure Data Lake Storage vaulted backup
# - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/s3-backups.html
#   description: Amazon S3 backups
# custom:
#   severity: info
#   kinds: [object_store, container]
#   stages: [enriched]
#   guide: [1, 24]
#   fix:
#     azure: >-
#       Take the container out of storage_container_names of the backup instance
#       (containersList in Bicep and ARM), and keep the replicated copy.
#     aws: >-
#       Take the bucket out of aws_backup_selection, and keep the replicated copy.
#   tags: [cost]
package rules.enriched.backup_waste

import data.rules.lib.copies
import data.rules.lib.lake

deny contains {"asset": a.id, "at": paid.at, "message": message} if {
	some a in judged
	a.settings.people_may_delete.value == false
	count(copies.doubts(a)) == 0
	paid := paying[a.id][0]
	message := sprintf("%s pays for a backup of enriched data in %s, which its process can make again", [paid.by, a.address])
}

unknown contains {"asset": a.id, "at": paid.at, "message": message} if {
	some a in judged
	paid := paying[a.id][0]
	why := open(a)
	message := sprintf("Whether the backup of enriched store %s by %s is needed is unknown because %s", [a.address, paid.by, why])
}

exempt contains {"asset": a.id, "message": lake.excuses.enriched[a.id]} if some a in paid_for

exempt contains {"asset": a.id, "at": paying[a.id][0].at, "message": message} if {
	some a in paid_for
	not lake.excuses.enriched[a.id]
	why := needed(a)
	message := sprintf("The backup of %s is no waste: %s", [a.address, why])
}

# charging are the backups that are charged by what they hold.
charging := {"azure.backup_blob_vaulted", "azure.backup_data_lake", "aws_backup.snapshot", "aws_backup.continuous", "aws_backup.copy"}

# paying lists, by store, the backups that take data of its stage only.
paying[a.id] := backups if {
	some a in input.assets
	backups := [{"at": sprintf("protections.backup.means.%d", [i]), "by": means.by} |
		some i, means in a.protections.backup.means
		means.state == "on"
		means.mechanism in charging
		lake.backed_up[means.by] == {"enriched"}
	]
	backups[0]
}

paid_for := [a | some a in input.assets; paying[a.id]]

judged := [a | some a in paid_for; not lake.excuses.enriched[a.id]; not needed(a)]

needed(a) := "people may delete its data" if {
	a.settings.people_may_delete.value == true
} else := "it is declared that its data cannot be created again" if {
	a.declared.recreatable.value == false
} else := "no other copy is kept in another region" if {
	not replicated(a)
	count(copies.doubts(a)) == 0
}

replicated(a) if {
	some means in a.protections.geo_replication.means
	means.state == "on"
	means.other_region == "yes"
}

open(a) := a.settings.people_may_delete.why if {
	a.settings.people_may_delete.state == "unknown"
} else := "no scanned file says who may delete its data" if {
	not a.settings.people_may_delete
} else := copies.doubts(a)[0].why

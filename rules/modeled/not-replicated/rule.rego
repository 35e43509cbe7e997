# METADATA
# title: Modelled data has a copy in another region
# description: >-
#   Prepared features and trained models are what the business consumes next, and making
#   them again takes the compute of weeks, in a region where everybody else looks for
#   capacity on the same day. A copy in another region costs the price of storage and is
#   there at once.
# related_resources:
# - ref: https://learn.microsoft.com/azure/storage/common/storage-redundancy
#   description: Azure Storage redundancy
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html
#   description: Replicating objects within and across Regions
# custom:
#   severity: medium
#   kinds: [object_store, container, file_share, database, database_server, table]
#   stages: [modeled]
#   guide: [28, 44]
#   fix:
#     all: >-
#       Keep a copy of the store, or the backups of the database, in another region.
#     azure: >-
#       Set account_replication_type = "GRS" or "GZRS" on azurerm_storage_account
#       (sku.name Standard_GRS or Standard_GZRS in Bicep and ARM). Keep the backups
#       of a database geo-redundant: storage_account_type = "Geo" on
#       azurerm_mssql_database, geo_redundant_backup_enabled = true on PostgreSQL
#       and MySQL.
#     aws: >-
#       Replicate the bucket into another region:
#       aws_s3_bucket_replication_configuration with status = "Enabled", whose
#       destination bucket belongs to a provider of that region. For a database on
#       RDS add aws_db_instance_automated_backups_replication or a read replica in
#       another region.
#     google: >-
#       Give google_storage_bucket a dual-region or multi-region location, for
#       instance "EUR4" or "EU". For Cloud SQL add a replica in another region
#       (master_instance_name).
#   remedies: [replicate-to-paired-region, geo-redundant-backups]
#   tags: [disaster-recovery, replication]
package rules.modeled.not_replicated

import data.rules.lib.copies
import data.rules.lib.products

deny contains {"asset": a.id, "at": products.place_of_uncopied(a), "message": message} if {
	some a in judged
	count(copies.doubts(a)) == 0
	message := sprintf("Modelled data in %s has no copy in another region: %s", [a.address, products.uncopied(a)])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := copies.doubts(a)[0]
	message := sprintf("Whether modelled data in %s has a copy in another region is unknown because %s", [a.address, doubt.why])
}

exempt contains {"asset": a.id, "message": products.excuses[a.id]} if some a in uncopied

uncopied := [a | some a in input.assets; not copies.certain(a); not copies.alone[a.id]]

judged := [a | some a in uncopied; not products.excuses[a.id]]

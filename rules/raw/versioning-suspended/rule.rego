# METADATA
# title: Versioning of raw data is not suspended
# description: >-
#   A bucket whose versioning is suspended keeps the versions it already has and none
#   of what is written from now on. The configuration still talks of versioning, so it
#   looks protected, yet the next overwritten or deleted object is gone. Where nothing
#   else keeps raw data, this is the same as no backup at all.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/VersioningWorkflows.html
#   description: How S3 Versioning works
# custom:
#   severity: high
#   profile: minimal
#   kinds: [object_store, container]
#   stages: [raw]
#   guide: [21]
#   fix: >-
#     Set versioning_configuration.status of aws_s3_bucket_versioning to "Enabled"
#     (versioning.enabled to true in the old block of aws_s3_bucket), and limit the cost
#     with noncurrent_version_expiration in a lifecycle rule instead.
#   remedies: [keep-versions]
#   tags: [backup]
package rules.raw.versioning_suspended

import data.rules.lib.restore
import data.rules.lib.stores

deny contains {"asset": a.id, "at": "protections.versioning", "message": message} if {
	some a in judged
	a.protections.versioning.state == "off"
	message := sprintf("Raw store %s keeps no versions of what is written from now on: %s", [a.address, a.protections.versioning.why])
}

unknown contains {"asset": a.id, "at": "protections.versioning", "message": message} if {
	some a in judged
	a.protections.versioning.state == "unknown"
	message := sprintf("Whether raw store %s keeps versions is unknown because %s", [a.address, a.protections.versioning.why])
}

exempt contains {"asset": a.id, "message": stores.excuses[a.id]} if some a in exposed

exempt contains {"asset": a.id, "at": "protections.versioning", "message": restore.elsewhere(a)} if {
	some a in input.assets
	a.protections.versioning.state == "unknown"
	restore.speakers[a.id] != "raw/versioning-suspended"
}

exposed := [a | some a in input.assets; restore.speakers[a.id] == "raw/versioning-suspended"]

judged := [a | some a in exposed; not stores.excuses[a.id]]

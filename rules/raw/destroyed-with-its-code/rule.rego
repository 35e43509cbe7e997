# METADATA
# title: Destroying the code of a bucket does not destroy raw data
# description: >-
#   A bucket with objects in it cannot be deleted, which is what stands between a wrong
#   terraform destroy, a renamed resource or a removed module and the loss of raw data.
#   force_destroy takes that away: the objects are deleted first, earlier versions
#   included. It belongs into test stacks, and is easily copied from there.
# related_resources:
# - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket
#   description: aws_s3_bucket, force_destroy
# - ref: https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/storage_bucket
#   description: google_storage_bucket, force_destroy
# custom:
#   severity: medium
#   kinds: [object_store]
#   stages: [raw]
#   guide: [21, 26]
#   fix: >-
#     Remove force_destroy, or let only the environments set it whose data may go, and
#     protect the bucket with lifecycle { prevent_destroy = true }.
#   remedies: [keep-contents]
#   tags: [guard]
package rules.raw.destroyed_with_its_code

import data.rules.lib.stores

deny contains {"asset": a.id, "at": "settings.force_destroy", "message": message} if {
	some a in judged
	a.settings.force_destroy.value == true
	a.protections.destroy_guard.state == "off"
	message := sprintf("Destroying raw store %s deletes everything in it, because force_destroy is true", [a.address])
}

unknown contains {"asset": a.id, "at": "settings.force_destroy", "message": message} if {
	some a in judged
	a.settings.force_destroy.state == "unknown"
	message := sprintf("Whether destroying raw store %s deletes everything in it is unknown because %s", [a.address, a.settings.force_destroy.why])
}

unknown contains {"asset": a.id, "at": "protections.destroy_guard", "message": message} if {
	some a in judged
	a.settings.force_destroy.value == true
	a.protections.destroy_guard.state == "unknown"
	message := sprintf("Whether raw store %s may be destroyed with everything in it is unknown because %s", [a.address, a.protections.destroy_guard.why])
}

exempt contains {"asset": a.id, "message": stores.excuses[a.id]} if some a in forced

exempt contains {"asset": a.id, "at": "protections.immutability", "message": message} if {
	some a in forced
	not stores.excuses[a.id]
	locked(a)
	message := sprintf("The objects of %s are locked, so nothing deletes them before their time", [a.address])
}

forced := [a |
	some a in input.assets
	fact := a.settings.force_destroy
	object.get(fact, "value", true)
	a.protections.destroy_guard.state != "on"
]

judged := [a | some a in forced; not stores.excuses[a.id]; not locked(a)]

locked(a) if {
	some means in a.protections.immutability.means
	means.state == "on"
	means.locked == "yes"
}

# METADATA
# title: Dated sets are kept until a fault is noticed
# description: >-
#   Complete sets by date are a backup for as long as they exist. A lifecycle rule that
#   deletes them after a few days makes that the window in which a bad run has to be
#   noticed, and nobody reads it that way when the rule is written to save storage. The
#   window is a decision about recovery: at least the time in which somebody looks at the
#   result.
# related_resources:
# - ref: https://learn.microsoft.com/azure/storage/blobs/lifecycle-management-overview
#   description: Azure Blob Storage lifecycle management
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html
#   description: Managing the lifecycle of objects
# custom:
#   severity: medium
#   kinds: [object_store, container]
#   guide: [34, 45, 46]
#   fix:
#     azure: >-
#       Raise delete_after_days_since_modification_greater_than in
#       azurerm_storage_management_policy (daysAfterModificationGreaterThan in Bicep
#       and ARM), or let the rule move old sets to a colder class instead.
#     aws: >-
#       Raise expiration.days in aws_s3_bucket_lifecycle_configuration, or let the
#       rule move old sets to a colder class instead.
#     google: >-
#       Raise the age in lifecycle_rule of google_storage_bucket, or let the rule
#       move old sets to a colder class instead.
#   tags: [backup, lifecycle]
#   settings:
#   - name: least_days
#     default: 7
#     description: The days for which every set is kept at least.
package rules.modeled.sets_expire_early

import data.rules.lib.expiries
import data.rules.lib.feeds
import data.rules.lib.loads
import data.rules.lib.stores
import data.rules.lib.words

deny contains {"asset": a.id, "at": expiry.at, "message": message} if {
	some a in judged
	some expiry in expiries.early(a, least(a))
	expiry.scope == "whole"
	count(expiries.doubts(a)) == 0
	message := sprintf("The dated sets in %s are deleted after %s, sooner than the %s in which a fault may go unnoticed", [a.address, words.days(expiry.days.value), words.span(least(a))])
}

unknown contains {"asset": a.id, "at": expiry.at, "message": message} if {
	some a in judged
	some expiry in array.concat(expiries.early(a, least(a)), expiries.undated(a))
	why := expiries.open(a, expiry)
	message := sprintf("Whether the dated sets in %s are deleted too soon is unknown because %s", [a.address, why])
}

exempt contains {"asset": a.id, "message": stores.excuses[a.id]} if some a in expiring

exempt contains {"asset": a.id, "message": feeds.elsewhere(a, {"raw"})} if {
	some a in expiring
	not stores.excuses[a.id]
}

expiring := [a | some a in input.assets; a.expiries[0]; holds(a)]

judged := [a | some a in expiring; not stores.excuses[a.id]; not feeds.stage_of(a, {"raw"})]

# holds is true for a store of dated sets: those of models, and those that a
# database is loaded from.
holds(a) if loads.holding[a.id]

holds(a) if {
	"modeled" in a.stages
	loads.dated(a)
}

least(a) := max([input.settings.least_days, object.get(object.get(a.declared, "detection_hours", {}), "value", 0) / 24])

# METADATA
# title: Reports have a place in the region in which the platform recovers
# description: >-
#   When the data is back in another region, the reports still have to be. Dashboards of
#   QuickSight belong to one region, and a Fabric workspace to the region of its capacity.
#   If the code deploys them to the first region only, somebody has to find out during the
#   outage how to do it for the second.
# related_resources:
# - ref: https://learn.microsoft.com/fabric/security/experience-specific-guidance
#   description: Experience-specific disaster recovery guidance of Fabric
# - ref: https://docs.aws.amazon.com/quicksight/latest/developerguide/asset-bundle-ops.html
#   description: QuickSight asset bundles
# custom:
#   severity: low
#   kinds: [report, workspace]
#   guide: [66]
#   profile: strict
#   fix:
#     all: >-
#       Deploy the reports to a second place in platform.regions.recovery as well.
#       Where the provider fails reports over by itself, suppress the finding and
#       say so.
#     aws: >-
#       Deploy the reports in platform.regions.recovery as well: the same module
#       with a provider of that region. Where the provider fails reports over by
#       itself, suppress the finding and say so.
#     fabric: >-
#       Deploy the reports to a workspace on a capacity in platform.regions.recovery
#       as well. Where the provider fails reports over by itself, suppress the
#       finding and say so.
#   tags: [disaster-recovery]
package rules.report.no_recovery_target

deny contains {"asset": a.id, "at": "region", "message": message} if {
	some a in judged
	count(doubts(a)) == 0
	message := sprintf("%s is in %s, and no other %s is in %s, where the platform recovers", [a.address, a.region.value, words[a.type], input.platform.recovery_region.value])
}

unknown contains {"asset": a.id, "at": "region", "message": message} if {
	some a in judged
	doubt := doubts(a)[0]
	message := sprintf("Whether %s has a counterpart in %s is unknown because %s", [a.address, input.platform.recovery_region.value, doubt])
}

judged := [a |
	recovery
	some a in input.assets
	words[a.type]
	not there[a.type]
]

recovery := normal(input.platform.recovery_region.value)

# there are the types that have something in the recovery region.
there contains a.type if {
	some a in input.assets
	words[a.type]
	normal(a.region.value) == recovery
}

normal(region) := lower(replace(region, " ", ""))

words := {
	"aws_quicksight_dashboard": "dashboard",
	"aws_quicksight_analysis": "analysis",
	"fabric_workspace": "workspace",
}

doubts(a) := [why |
	some other in input.assets
	other.type == a.type
	why := open(other)
]

open(a) := a.region.why if a.region.state == "unknown"

open(a) := sprintf("the region of %s is not written", [a.address]) if a.region.state == "absent"

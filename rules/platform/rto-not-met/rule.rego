# METADATA
# title: Data is back within the declared RTO
# description: >-
#   A backup that exists is not yet data that people can use: it is found, restored and
#   checked first, and somebody has to notice and decide before that. Products differ by
#   orders of magnitude. Some switch over by themselves, some restore for hours, and some
#   need a case at the provider and days. drlint speaks only where that is certain: a way
#   back that takes days does not meet an objective of hours, and neither does any when
#   reacting alone takes longer.
# related_resources:
# - ref: https://learn.microsoft.com/azure/well-architected/reliability/disaster-recovery
#   description: Recovery objectives in Azure architectures
# - ref: https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/plan-for-disaster-recovery-dr.html
#   description: Plan for disaster recovery on AWS
# custom:
#   severity: high
#   profile: minimal
#   kinds: [object_store, container, file_share, database, database_server, table, semantic_model, cache, event_stream]
#   guide: [1]
#   fix:
#     all: >-
#       Add a way back that is faster: a replica in another region instead of
#       restoring backups there. If nobody waits for the data that long, correct rto
#       in .drlint.yaml or the tag.
#     azure: >-
#       Add a way back that is faster: continuous backup on Cosmos DB instead of
#       periodic ones, a failover group or a replica in another region instead of
#       restoring backups there. If nobody waits for the data that long, correct rto
#       in .drlint.yaml or the tag.
#   tags: [objectives]
#   settings:
#   - name: faults
#     default: [delete, overwrite, zone, region]
#     description: The faults to which the objective applies.
#   - name: support_hours
#     default: 1
#     description: The least that a restore by the support of the provider takes.
package rules.platform.rto_not_met

import data.rules.lib.objectives
import data.rules.lib.words

deny contains {"asset": a.id, "at": objectives.place(a, slow.survival, ""), "message": message} if {
	some a in judged
	not reacting_too_long(a)
	slow := too_slow(a)[0]
	message := sprintf("%s is not back within the declared %s when %s: %s %s", [a.address, words.hours(a.declared.rto_hours.value), objectives.when(slow.fault), slow.survival.mechanism, takes(slow.survival.rto)])
}

deny contains {"asset": a.id, "at": "declared.reaction_hours", "message": message} if {
	some a in judged
	reacting_too_long(a)
	message := sprintf("%s is not back within the declared %s, because reacting alone takes %s", [a.address, words.hours(a.declared.rto_hours.value), words.hours(a.declared.reaction_hours.value)])
}

unknown contains {"asset": a.id, "at": objectives.place(a, doubt.survival, ""), "message": message} if {
	some a in judged
	not reacting_too_long(a)
	count(too_slow(a)) == 0
	doubt := doubtful(a)[0]
	message := sprintf("Whether %s is back within %s when %s is unknown because %s %s, and nobody promises a figure", [a.address, words.hours(a.declared.rto_hours.value), objectives.when(doubt.fault), doubt.survival.mechanism, doubt.why])
}

unknown contains {"asset": a.id, "at": "declared.rto_hours", "message": message} if {
	some a in declaring
	a.declared.rto_hours.state == "unknown"
	count(a.lapsed) == 0
	message := sprintf("Whether %s is back in time is unknown because %s", [a.address, a.declared.rto_hours.why])
}

declaring := [a | some a in input.assets; objectives.asked(a, "rto_hours")]

judged := [a | some a in declaring; a.declared.rto_hours.state == "known"]

reacting_too_long(a) if a.declared.reaction_hours.value >= a.declared.rto_hours.value

# left is the time between reacting and the objective.
left(a) := a.declared.rto_hours.value - object.get(object.get(a.declared, "reaction_hours", {}), "value", 0)

too_slow(a) := [{"fault": fault, "survival": survival} |
	answers := objectives.answers(a, input.settings.faults)
	some fault in input.settings.faults
	survival := answers[fault]
	left(a) < least(survival.rto)
]

least("days") := 24

least("support") := input.settings.support_hours

doubtful(a) := [{"fault": fault, "survival": survival, "why": why(survival.rto, left(a))} |
	answers := objectives.answers(a, input.settings.faults)
	some fault in input.settings.faults
	survival := answers[fault]
	why(survival.rto, left(a))
]

why(class, hours) := takes(class) if hours < promised[class]

# promised is how soon a class of restores may well be over.
promised := {"hours": 1, "support": 24}

takes("hours") := "restores in hours"

takes("days") := "restores in days"

takes("support") := "takes a case at the provider's support"

# METADATA
# title: Backups and copies are as recent as the declared RPO asks for
# description: >-
#   How much data may be lost is a promise to the people who use the platform, and
#   whether it is kept is decided long before a fault: by how often a backup runs, and by
#   how far a copy in another region lags behind. drlint takes, for each fault, the best of
#   what survives it and compares its age with what is declared. Deleted and overwritten
#   data, a lost zone and a lost region count; destroy and compromise can be added to the
#   setting. Figures that a provider calls typical are promised by nobody: twice that
#   figure must fit. A fault that nothing survives is reported by the rules of the stage.
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
#       Take recovery points more often, by point-in-time recovery instead of daily
#       copies, or replicate continuously. If more may be lost than is declared,
#       correct rpo in .drlint.yaml or the tag.
#     azure: >-
#       Take recovery points more often: the schedule of the backup policy,
#       backup_interval_in_hours, point-in-time recovery instead of daily copies. If
#       more may be lost than is declared, correct rpo in .drlint.yaml or the tag.
#     aws: >-
#       Take recovery points more often (the schedule of the rule in
#       aws_backup_plan, point-in-time recovery instead of daily copies), or
#       replicate with an agreed bound (replication time control on S3). If more may
#       be lost than is declared, correct rpo in .drlint.yaml or the tag.
#     google: >-
#       Take recovery points more often (point-in-time recovery instead of daily
#       copies), or replicate with an agreed bound (turbo replication on Cloud
#       Storage). If more may be lost than is declared, correct rpo in .drlint.yaml
#       or the tag.
#   tags: [objectives]
#   settings:
#   - name: safety_factor
#     default: 2
#     description: What a typical figure is multiplied by before it is compared.
#   - name: faults
#     default: [delete, overwrite, zone, region]
#     description: The faults to which the objective applies.
package rules.platform.rpo_not_met

import data.rules.lib.objectives
import data.rules.lib.words

deny contains {"asset": a.id, "at": at, "message": message} if {
	some a in judged
	late := exceeding[a.id]
	worst := max([hours | some hours in late])
	faults := [fault | some fault in input.settings.faults; late[fault] == worst]
	survival := a.recovery[faults[0]]
	at := objectives.place(a, survival, place(survival))
	message := sprintf("%s %sloses up to %s of data when %s (%s), and its declared objective is %s", [a.address, typically(survival), words.hours(worst), happened(faults), survival.mechanism, words.hours(a.declared.rpo_hours.value)])
}

unknown contains {"asset": a.id, "at": at, "message": message} if {
	some a in judged
	not exceeding[a.id]
	doubt := doubts(a)[0]
	at := objectives.place(a, doubt.survival, "")
	message := sprintf("Whether %s loses no more than %s when %s is unknown because %s", [a.address, words.hours(a.declared.rpo_hours.value), objectives.when(doubt.fault), doubt.why])
}

unknown contains {"asset": a.id, "at": "declared.rpo_hours", "message": message} if {
	some a in declaring
	a.declared.rpo_hours.state == "unknown"
	count(a.lapsed) == 0
	message := sprintf("Whether %s loses no more than it may is unknown because %s", [a.address, a.declared.rpo_hours.why])
}

declaring := [a | some a in input.assets; objectives.asked(a, "rpo_hours")]

judged := [a | some a in declaring; a.declared.rpo_hours.state == "known"]

# exceeding lists, by store, the faults after which more is missing than may be,
# and how much.
exceeding[a.id] := late if {
	some a in judged
	late := {fault: hours |
		some fault, survival in objectives.answers(a, input.settings.faults)
		hours := survival.rpo_hours.value
		hours > a.declared.rpo_hours.value
	}
	count(late) > 0
}

happened(faults) := concat(" or ", [objectives.when(fault) | some fault in faults])

typically(survival) := "typically " if survival.rpo_basis == "typical"

typically(survival) := "" if survival.rpo_basis != "typical"

place(survival) := ".interval_hours" if survival.rpo_basis == "configured"

place(survival) := "" if survival.rpo_basis != "configured"

doubts(a) := [{"fault": fault, "survival": survival, "why": why(a, survival)} |
	answers := objectives.answers(a, input.settings.faults)
	some fault in input.settings.faults
	survival := answers[fault]
	why(a, survival)
]

why(a, survival) := sprintf("%s for %s is a typical figure, which nobody promises", [words.hours(survival.rpo_hours.value), survival.mechanism]) if {
	survival.rpo_basis == "typical"
	survival.rpo_hours.value * input.settings.safety_factor > a.declared.rpo_hours.value
} else := sprintf("%s (%s)", [survival.rpo_hours.why, survival.mechanism]) if {
	survival.rpo_hours.state == "unknown"
}

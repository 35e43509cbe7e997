# METADATA
# title: The mirror runs by itself and often enough
# description: >-
#   What was committed since the last run is not in the copy. A mirror that somebody has to
#   start is forgotten sooner or later, and one that runs once a month loses a month of
#   work. A copy is cheap to renew with every push.
# related_resources:
# - ref: https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
#   description: Events that trigger workflows
# custom:
#   severity: low
#   kinds: [repository]
#   guide: [40, 42]
#   fix: >-
#     Start the workflow on push, and on a schedule as well, so that a failed run is
#     repeated: push and schedule under on in GitHub Actions, trigger and schedules with
#     always: true in Azure Pipelines.
#   tags: [disaster-recovery, git]
#   settings:
#   - name: maximum_hours
#     default: 168
#     description: The longest time in hours between two runs of a mirror.
package rules.scripts.mirror_too_rare

import data.rules.lib.mirrors
import data.rules.lib.words

deny contains {"asset": a.id, "at": sprintf("mirrors.%d.interval_hours", [i]), "message": message} if {
	some a in judged
	count(doubts(a)) == 0
	some i, m in a.mirrors
	mirrors.elsewhere(m)
	message := sprintf("%s is renewed only %s", [mirrors.beginning(m), rhythm(m)])
}

unknown contains {"asset": a.id, "at": doubt.at, "message": message} if {
	some a in judged
	doubt := doubts(a)[0]
	message := sprintf("How old %s may become is unknown because %s", [doubt.copy, doubt.why])
}

exempt contains {"asset": a.id, "message": mirrors.excuse(a)} if some a in input.assets

judged := [a | some a in input.assets; not renewed(a)]

renewed(a) if {
	some m in a.mirrors
	mirrors.elsewhere(m)
	m.interval_hours.state == "absent"
}

renewed(a) if {
	some m in a.mirrors
	mirrors.elsewhere(m)
	m.interval_hours.value <= input.settings.maximum_hours
}

by_hand(m) if m.triggers in {["workflow_dispatch"], ["manual"]}

rhythm(m) := "when somebody starts it by hand" if {
	by_hand(m)
} else := sprintf("every %s, and at most %s may pass", [span(m.interval_hours.value), span(input.settings.maximum_hours)])

span(hours) := words.days(hours / 24) if {
	hours >= 48
	hours / 24 == floor(hours / 24)
} else := sprintf("about %s", [words.days(round(hours / 24))]) if {
	hours >= 48
} else := sprintf("%v hours", [hours])

doubts(a) := [{"at": sprintf("mirrors.%d.interval_hours", [i]), "copy": mirrors.copy(m), "why": m.interval_hours.why} |
	some i, m in a.mirrors
	mirrors.elsewhere(m)
	m.interval_hours.state == "unknown"
	not by_hand(m)
]

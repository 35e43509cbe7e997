# METADATA
# title: Streams keep events longer than a recovery takes
# description: >-
#   While the consumers of a stream are down, events wait in it. The stream forgets them
#   after its retention, whether anybody has read them or not. When bringing the consumers
#   back takes as long as that, the oldest events are lost for good, although nothing but
#   the readers failed.
# related_resources:
# - ref: https://learn.microsoft.com/azure/event-hubs/event-hubs-features
#   description: Event retention in Event Hubs
# - ref: https://docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html
#   description: Changing the retention period of a Kinesis stream
# custom:
#   severity: low
#   kinds: [event_stream]
#   guide: [2]
#   fix:
#     azure: >-
#       Raise message_retention or retention_description of the event hub
#       (messageRetentionInDays, retentionDescription in Bicep and ARM) or
#       event_hub_retention_in_days of the IoT hub above the declared rto, or
#       capture the events into the lake and replay them from there.
#     aws: >-
#       Raise retention_period of aws_kinesis_stream above the declared rto, or
#       write the events to the lake and replay them from there.
#     google: >-
#       Raise message_retention_duration of google_pubsub_topic above the declared
#       rto, or write the events to the lake and replay them from there.
#   tags: [objectives]
package rules.ingest.replay_window_too_short

import data.rules.lib.delivery
import data.rules.lib.words

deny contains {"asset": a.id, "at": "settings.retention_days", "message": message} if {
	some a in judged
	a.protections.backup.state == "off"
	a.settings.retention_days.value * 24 < a.declared.rto_hours.value
	message := sprintf("%s keeps events for %s, and its recovery may take %v hours as declared", [a.address, words.span(a.settings.retention_days.value), a.declared.rto_hours.value])
}

unknown contains {"asset": a.id, "at": "settings.retention_days", "message": message} if {
	some a in judged
	a.declared.rto_hours.state == "known"
	why := doubt(a)
	message := sprintf("Whether %s keeps events longer than its recovery takes is unknown because %s", [a.address, why])
}

exempt contains {"asset": a.id, "message": delivery.excuse(a)} if some a in streams

exempt contains {"asset": a.id, "message": message} if {
	some a in streams
	not delivery.excuse(a)
	not a.declared.rto_hours
	message := sprintf("Nobody declares how long the recovery of what reads %s may take", [a.address])
}

doubt(a) := a.settings.retention_days.why if {
	a.settings.retention_days.state == "unknown"
} else := a.protections.backup.why if {
	a.protections.backup.state == "unknown"
	a.settings.retention_days.value * 24 < a.declared.rto_hours.value
}

judged := [a |
	some a in streams
	not delivery.excuse(a)
	a.declared.rto_hours
	not a.protections.backup.state == "on"
]

streams := [a | some a in input.assets; a.settings.retention_days]

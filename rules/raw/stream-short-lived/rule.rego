# METADATA
# title: Events of devices are captured into the lake
# description: >-
#   A stream forgets: Event Hubs and IoT Hub keep an event for a day to a week, and a
#   device sends a reading once. There is no source to load it from again, so what is
#   written to the lake is the only record, for as long as anybody will ask. A capture, or
#   a route to a container, writes every event down whatever the consumers make of it. One
#   that is written and switched off, or that no route leads to, writes nothing.
# related_resources:
# - ref: https://learn.microsoft.com/azure/event-hubs/event-hubs-capture-overview
#   description: Capture events through Azure Event Hubs
# - ref: https://learn.microsoft.com/azure/iot-hub/iot-hub-devguide-messages-d2c
#   description: Message routing of IoT Hub to storage
# custom:
#   severity: high
#   profile: minimal
#   kinds: [event_stream]
#   stages: [ingest]
#   guide: [2, 17]
#   fix: >-
#     Set capture_description.enabled = true (captureDescription.enabled in Bicep and ARM)
#     on the event hub. On an IoT hub add an endpoint of type
#     AzureIotHub.StorageContainer and an enabled route with the source DeviceMessages
#     that leads to it. Keep what is written for as long as the record has to last.
#   tags: [backup, streaming]
package rules.raw.stream_short_lived

import data.rules.lib.lineage
import data.rules.lib.words

deny contains {"asset": a.id, "at": written.at, "message": message} if {
	some a in unwritten
	a.protections.backup.state == "off"
	written := idle(a)[0]
	message := sprintf("What %s receives is written down nowhere%s: %s", [a.address, forgets(a), written.why])
}

unknown contains {"asset": a.id, "at": "protections.backup", "message": message} if {
	some a in unwritten
	a.protections.backup.state == "unknown"
	message := sprintf("Whether what %s receives is written down is unknown because %s", [a.address, a.protections.backup.why])
}

unknown contains {"asset": a.id, "at": "protections.backup", "message": message} if {
	some a in unwritten
	a.protections.backup.state == "off"
	count(idle(a)) == 0
	devices(a)
	message := sprintf("Whether what devices send to %s is written down is unknown because %s, and no scanned file shows what reads them", [a.address, a.protections.backup.why])
}

exempt contains {"asset": a.id, "message": message} if {
	some a in unwritten
	a.protections.backup.state == "off"
	count(idle(a)) == 0
	not devices(a)
	message := sprintf("Nothing says that %s is a record: it is captured nowhere, and what reads it decides", [a.address])
}

# unwritten lists the streams of a data platform of which nothing certainly keeps a copy.
unwritten := [a |
	some a in input.assets
	a.protections.backup.state in {"off", "unknown"}
	a.provider == "azure"
	input.platform.data_platform
	not followed(a)
]

# followed holds for a stream that something else than a capture certainly reads.
followed(a) if {
	some flow in lineage.out_of[a.id]
	flow.activity != "capture"
}

# idle lists the captures and routes that are written and write nothing.
idle(a) := [{"at": sprintf("protections.backup.means.%d", [i]), "why": means.why} |
	some i, means in a.protections.backup.means
	means.state == "off"
	means.mechanism == "stream.capture"
]

devices(a) if a.service == "iot_hub"

forgets(a) := sprintf(", and is gone after %s", [words.days(a.settings.retention_days.value)]) if {
	a.settings.retention_days.value
} else := ""

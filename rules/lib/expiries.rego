# Rules that delete data by age, and what keeps it longer.
package rules.lib.expiries

import data.rules.lib.words

# early lists the rules that delete current data sooner than a number of days,
# what versions and backups certainly add included.
early(a, least) := [{"at": at(i), "days": expiry.days, "scope": expiry.scope, "prefixes": expiry.prefixes} |
	some i, expiry in a.expiries
	expiry.target == "current"
	expiry.days.value + longer(a) < least
]

# undated lists the rules of which it is not known when they delete.
undated(a) := [{"at": at(i), "days": expiry.days, "scope": expiry.scope, "prefixes": expiry.prefixes} |
	some i, expiry in a.expiries
	expiry.target == "current"
	expiry.days.state == "unknown"
]

at(i) := sprintf("expiries.%d", [i])

# open explains why a rule that deletes early, or may, need not delete what counts.
open(_, expiry) := expiry.days.why if {
	expiry.days.state == "unknown"
} else := "it cannot be seen which objects the lifecycle rule covers" if {
	expiry.scope == "unknown"
} else := sprintf("a lifecycle rule deletes a part of it after %s", [words.days(expiry.days.value)]) if {
	expiry.scope == "partial"
}

open(a, expiry) := doubts(a)[0] if {
	expiry.days.state == "known"
	expiry.scope == "whole"
}

keeping := ["versioning", "backup", "point_in_time_restore"]

# longer is for how many more days something certainly keeps what a rule deletes.
longer(a) := max(array.concat([0], [days |
	some name in keeping
	some means in a.protections[name].means
	means.state == "on"
	means.scope == "whole"
	days := window(means.window_days)
]))

window(fact) := fact.value if fact.state == "known"

window(fact) := 36500 if fact.state == "absent"

# doubts lists why something may keep what a rule deletes.
doubts(a) := array.concat(
	[a.protections[name].why | some name in keeping; a.protections[name].state == "unknown"],
	[means.window_days.why |
		some name in keeping
		some means in a.protections[name].means
		means.state == "on"
		means.window_days.state == "unknown"
	],
)

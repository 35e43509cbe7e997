# How numbers are said.
package rules.lib.words

days(1) := "1 day"

days(number) := sprintf("%v days", [number]) if number != 1

# span says how long something is kept: in hours below a day.
span(number) := days(number) if number >= 1

span(number) := sprintf("%v hours", [round(number * 24)]) if {
	number < 1
	round(number * 24) != 1
}

span(number) := "1 hour" if round(number * 24) == 1

# hours says a length of time that is declared or computed in hours.
hours(number) := sprintf("%v seconds", [round(number * 3600)]) if number < 1 / 60

hours(number) := sprintf("%v minutes", [round(number * 60)]) if {
	number >= 1 / 60
	number < 1
}

hours(1) := "1 hour"

hours(number) := sprintf("%v hours", [round(number * 10) / 10]) if {
	number > 1
	number < 48
}

hours(number) := sprintf("%v days", [round((number / 24) * 10) / 10]) if number >= 48

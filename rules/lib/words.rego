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

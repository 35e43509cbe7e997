# How numbers are said.
package rules.lib.words

days(1) := "1 day"

days(number) := sprintf("%v days", [number]) if number != 1

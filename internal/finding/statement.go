package finding

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
)

// Statement names a statement of the guide by its number, and a part of one by
// a letter behind it: "21", "19a". Metadata write plain numbers as such.
type Statement string

// Statements is the number of statements that the guide is divided into.
const Statements = 68

var statementName = regexp.MustCompile(`^([1-9][0-9]?)([a-d]?)$`)

// Fault says what is wrong with the name of a statement; "" when nothing is.
func (s Statement) Fault() string {
	parts := statementName.FindStringSubmatch(string(s))
	if parts == nil {
		return fmt.Sprintf("%q is no number of a statement", string(s))
	}
	if number, err := strconv.Atoi(parts[1]); err != nil || number > Statements {
		return fmt.Sprintf("the guide has statements 1 to %d, not %s", Statements, s)
	}
	if (parts[1] == questions) != (parts[2] != "") {
		return fmt.Sprintf("statement %s has parts a to d and the others have none, so %q names none", questions, string(s))
	}
	return ""
}

// questions is the statement that asks four questions about each store.
const questions = "19"

// UnmarshalJSON reads a number or a text.
func (s *Statement) UnmarshalJSON(data []byte) error {
	var name any
	if err := json.Unmarshal(data, &name); err != nil {
		return fmt.Errorf("statement: %w", err)
	}
	switch name := name.(type) {
	case string:
		*s = Statement(name)
	case float64:
		*s = Statement(strconv.FormatFloat(name, 'f', -1, 64))
	default:
		return fmt.Errorf("statement %s is neither a number nor a text", data)
	}
	return nil
}

// MarshalJSON writes a plain number as a number.
func (s Statement) MarshalJSON() ([]byte, error) {
	if _, err := strconv.Atoi(string(s)); err == nil {
		return []byte(s), nil
	}
	return json.Marshal(string(s))
}

package suppression

import "testing"

// What is written with the sign is read as a comment.
func TestSign(t *testing.T) {
	for suffix, of := range languages {
		file := "a" + suffix
		sign := Sign(file)
		if (sign == "") != (suffix == ".json") {
			t.Errorf("%s: got %q", file, sign)
		}
		if sign == "" {
			continue
		}
		if remarks := lexed(of, []byte(sign+" drlint:ignore\n")).remarks; len(remarks) != 1 {
			t.Errorf("%s: %q opens no comment", file, sign)
		}
	}
	if Sign("notes.txt") != "" || Sign("Makefile") != "#" {
		t.Error("names without a known suffix have the wrong sign")
	}
}

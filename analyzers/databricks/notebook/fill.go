package notebook

import "strconv"

// literal folds texts next to each other and what .format() or "%" puts into them.
func (n *names) literal(tokens []token, depth int) (result expression) {
	format, percent, given := filling(tokens)
	next := 0
	for _, t := range tokens {
		if t.kind != text || t.depth > tokens[0].depth {
			break
		}
		last := 0
		for _, h := range placeholders(t, format, percent) {
			result.append(expression{text: t.text[last:h.start]})
			result.append(n.filled(t.text[h.start:h.end], h.name, given, &next, depth))
			last = h.end
		}
		result.append(expression{text: t.text[last:]})
	}
	return result
}

// filling returns what fills the placeholders of texts: the arguments of
// .format(), or what stands behind "%".
func filling(tokens []token) (format, percent bool, given [][]token) {
	for i, t := range tokens {
		switch {
		case t.depth > tokens[0].depth:
			continue
		case t.kind == word && t.text == "format" && i+1 < len(tokens) && isSign(tokens[i+1], "("):
			return true, false, split(tokens[i+2:closing(tokens, i+1)], ",")
		case isSign(t, "%"):
			values := tokens[i+1:]
			if len(values) > 0 && isSign(values[0], "(") && closing(values, 0) == len(values)-1 {
				values = values[1 : len(values)-1]
			}
			return false, true, split(values, ",")
		}
	}
	return false, false, nil
}

// filled is what a placeholder stands for: an argument by its number or its
// keyword, or a name of the notebook.
func (n *names) filled(written, name string, given [][]token, next *int, depth int) expression {
	if value := argument(written, name, given, next); value != nil && depth < maxNames {
		return n.evaluate(value, depth+1)
	}
	if name == "" || name == written || isNumber(name) {
		return expression{text: string(hole), dated: hasDate(written)}
	}
	return n.named(written, name, depth)
}

// named is what a placeholder with a name of the notebook stands for.
func (n *names) named(written, name string, depth int) expression {
	if value, ok := n.get(name); ok && depth < maxNames {
		return n.evaluate(value.tokens, depth+1)
	}
	return expression{text: string(hole), unknown: []string{name}, dated: hasDate(written)}
}

func isNumber(name string) bool {
	_, err := strconv.Atoi(name)
	return err == nil
}

// argument returns the tokens that fill a placeholder; nil means that none do.
func argument(written, name string, given [][]token, next *int) []token {
	if len(given) == 0 {
		return nil
	}
	index, err := strconv.Atoi(name)
	if name == "" || name == written { // "{}" and "%s" take the next one
		index, err = *next, nil
		*next++
	}
	if err == nil {
		if index < 0 || index >= len(given) {
			return nil
		}
		return given[index]
	}
	for _, value := range given {
		if len(value) > 2 && value[0].text == name && isSign(value[1], "=") {
			return value[2:]
		}
	}
	return nil
}

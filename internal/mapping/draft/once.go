package draft

// Once returns what work returned when it was first asked for under a key, so
// that a mapper works out what holds for the whole draft once and not for each
// of its resources: the time for a scan would grow with the square of its size.
// A key needs a type of its own, as in a context. What is remembered while
// assets are declared is forgotten before anything is attached.
func Once[T any](d *Draft, key any, work func() T) T {
	if known, ok := d.once[key]; ok {
		return known.(T)
	}
	made := work()
	if d.once == nil {
		d.once = map[any]any{}
	}
	d.once[key] = made
	return made
}

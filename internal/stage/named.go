package stage

// Named reports whether the tokens of a container's or folder's name say which
// stage its data belongs to: "data/lnd" does, "data/orders" does not.
func Named(name string) bool { return len(stagesOf(name, true)) > 0 }

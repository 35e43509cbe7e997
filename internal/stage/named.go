package stage

// Named reports whether the tokens of a container's or folder's name say which
// stage its data belongs to: "data/lnd" does, "data/orders" does not.
func Named(name string) bool { return len(stagesOf(name, true)) > 0 }

// Words cuts a name into its words, in lower case and without digits around them.
func Words(name string) []string { return split(name) }

package recoverymap

// What the tests that run the whole pipeline, and so stand outside of the
// package, share with those within it.
var (
	Schema   = schema
	Conforms = conforms
)

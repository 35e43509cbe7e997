package report

// Variety is a report with findings of every kind, for the tests that run the
// whole pipeline and so stand outside of the package.
var Variety = variety

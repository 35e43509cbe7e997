package main

import "regexp"

// elapsed is what differs between two runs.
var elapsed = regexp.MustCompile(` \(\d+\.\d\d s\)`)

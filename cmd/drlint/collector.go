package main

import (
	"runtime"
	"runtime/debug"
)

// relaxCollector lets short runs end before the garbage collector ever starts,
// which would cost them a third of their time, and long ones trade some memory
// for speed. The first collection, at 192 MiB, says that this run is a long one.
func relaxCollector() {
	const untilFirst, afterwards = 4800, 75
	debug.SetGCPercent(untilFirst)
	sentinel := new([64]byte)
	runtime.AddCleanup(sentinel, func(percent int) { debug.SetGCPercent(percent) }, afterwards)
}

//go:build !linux && !darwin

package main

import "os"

// terminalColumns is 0: the width of the terminal is not asked for here.
func terminalColumns(*os.File) int { return 0 }

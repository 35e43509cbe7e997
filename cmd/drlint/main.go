// Command drlint checks that the stores, pipelines and scripts of a data
// platform survive a bad day: it reads the configuration in a repository and
// reports what is not backed up, not copied to another region, or deletable.
package main

import (
	"context"
	"os"
	"os/signal"
)

func main() { os.Exit(run()) }

func run() int {
	relaxCollector()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	return Main(ctx, os.Args[1:], os.Stdout, os.Stderr)
}

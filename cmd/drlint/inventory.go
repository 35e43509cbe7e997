package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/drlint/drlint/internal/report"
	"github.com/drlint/drlint/internal/scan"
)

func newInventory() *cobra.Command {
	var in inputs
	var out outputs
	cmd := &cobra.Command{
		Use:   "inventory [PATH...]",
		Short: "List every asset, its stage and its protections",
		Long: strings.TrimSpace(`
Inventory lists what drlint found without judging it: every asset with its
stage and how that was inferred, and every protection with the place that
decides it.`),
		RunE: func(cmd *cobra.Command, paths []string) error {
			target, err := in.open(cmd, paths)
			if err != nil {
				return err
			}
			defer target.close()
			write, ok := map[string]report.Writer{"text": report.Inventory, "json": report.InventoryJSON}[out.format]
			if !ok {
				return usage("--format cannot be %q: it is text or json", out.format)
			}
			return out.write(cmd, scan.Inventory(cmd.Context(), target.options), write)
		},
	}
	in.flags(cmd)
	out.flags(cmd, "text", []string{"text", "json"})
	return cmd
}

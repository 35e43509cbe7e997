package main

import (
	"io"
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
			destinations, err := out.destinations([]string{"text", "json"})
			if err != nil {
				return err
			}
			target, err := in.open(cmd, paths)
			if err != nil {
				return err
			}
			defer target.close()
			r := scan.Inventory(cmd.Context(), target.options)
			return out.write(cmd, destinations, func(w io.Writer, format string, o report.Options) error {
				if format == "json" {
					return report.InventoryJSON(w, r, o)
				}
				return report.Inventory(w, r, o)
			})
		},
	}
	in.flags(cmd)
	out.flags(cmd, "text", []string{"text", "json"})
	return cmd
}

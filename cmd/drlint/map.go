package main

import (
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/recoverymap"
	"github.com/drlint/drlint/internal/report"
	"github.com/drlint/drlint/internal/scan"
)

func newMap() *cobra.Command {
	var in inputs
	var out outputs
	var environment, fault string
	cmd := &cobra.Command{
		Use:   "map [PATH...]",
		Short: "Show what survives which fault, and what that night looks like",
		Long: strings.TrimSpace(`
Map answers "if this goes wrong tonight, what do we lose, and how long are we
down?": one row an asset that holds data, grouped by stage in the order data
flows, with what survives each fault, how old it is and how far back it goes.
--fault tells the story of one night: what is gone, what comes back from where
and in which order, and what has no answer; it is written as text (the default),
markdown or json.`),
		RunE: func(cmd *cobra.Command, paths []string) error {
			draw, destinations, err := drawing(cmd, &out, fault)
			if err != nil {
				return err
			}
			target, err := in.open(cmd, paths)
			if err != nil {
				return err
			}
			defer target.close()
			atlas, err := target.atlas(cmd, environment)
			if err != nil {
				return err
			}
			return out.write(cmd, destinations, func(w io.Writer, format string, o report.Options) error {
				return draw(w, format, atlas, recoverymap.Options{Color: o.Color})
			})
		},
	}
	in.flags(cmd)
	out.flags(cmd, "table", append(recoverymap.Formats(), "text"))
	cmd.Flags().StringVar(&environment, "environment", "", "show only the environment `NAME` and what none distinguishes")
	cmd.Flags().StringVar(&fault, "fault", "", "tell the story of the night of this `FAULT`: "+strings.Join(faultNames(), ", "))
	complete(cmd, "fault", faultNames()...)
	_ = cmd.RegisterFlagCompletionFunc("environment", in.completeEnvironments)
	return cmd
}

func faultNames() (names []string) {
	for _, fault := range model.Faults {
		names = append(names, string(fault))
	}
	return names
}

// sketch writes an atlas in a format.
type sketch func(w io.Writer, format string, atlas *recoverymap.Atlas, o recoverymap.Options) error

// drawing chooses what is written: the map, or the story of a fault.
func drawing(cmd *cobra.Command, out *outputs, fault string) (sketch, []destination, error) {
	if fault == "" {
		destinations, err := out.destinations(recoverymap.Formats())
		return func(w io.Writer, format string, atlas *recoverymap.Atlas, o recoverymap.Options) error {
			write, _ := recoverymap.Format(format)
			return write(w, atlas, o)
		}, destinations, err
	}
	if !slices.Contains(faultNames(), fault) {
		return nil, nil, unknownValue("--fault", fault, faultNames())
	}
	if !cmd.Flags().Changed("format") {
		out.formats = []string{"text"}
	}
	out.condition = " with --fault"
	destinations, err := out.destinations(recoverymap.NightFormats())
	return func(w io.Writer, format string, atlas *recoverymap.Atlas, o recoverymap.Options) error {
		tell, _ := recoverymap.NightFormat(format)
		return tell(w, recoverymap.Tell(atlas, model.Fault(fault)), o)
	}, destinations, err
}

// atlas scans and arranges what was found.
func (t *target) atlas(cmd *cobra.Command, environment string) (*recoverymap.Atlas, error) {
	survey := scan.Survey(cmd.Context(), t.options)
	if known := recoverymap.Environments(survey.Model); environment != "" && !slices.Contains(known, environment) {
		if len(known) == 0 {
			return nil, usage("--environment cannot be %q: the repository distinguishes no environments", environment)
		}
		return nil, unknownValue("--environment", environment, known)
	}
	return recoverymap.Build(recoverymap.Source{
		Version: version(), Model: survey.Model, Shown: survey.Within, Sources: survey.Sources, Environment: environment,
		Diagnostics: slices.Concat(t.diagnostics, survey.Diagnostics),
	}), nil
}

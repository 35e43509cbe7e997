package recoverymap

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/drlint/drlint/internal/model"
)

func shiftsOf(before, after *builder) (lines []string) {
	for _, s := range Compare(before.atlas(), after.atlas()) {
		word := "worse"
		if s.Better {
			word = "better"
		}
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %s %s: %s -> %s %s %s", s.Group, s.Row.Name, s.Fault, s.Before.Text(), s.After.Text(), word, s.Environment)))
	}
	return lines
}

func TestCompareTellsBetterFromWorse(t *testing.T) {
	platform := func(pitr float64, backup, geo bool) *builder {
		b := build("shop")
		adjust := []func(*model.Asset){staged(model.Raw)}
		if pitr > 0 {
			adjust = append(adjust, by(model.PointInTimeRestore, "azure.blob_pitr", 1, pitr))
		}
		if geo {
			adjust = append(adjust, by(model.GeoReplication, "azure.grs", 1, 0))
		}
		b.add(model.ObjectStore, "azure storage", "raw", adjust...)
		if backup {
			b.add(model.ObjectStore, "azure storage", "new", staged(model.Raw))
		}
		return b
	}
	if lines := shiftsOf(platform(7, true, true), platform(7, true, true)); lines != nil {
		t.Errorf("the same platform shifts: %q", lines)
	}
	worse := []string{"raw raw delete: PITR ~5 min/30 d -> PITR ~5 min/7 d worse", "raw raw overwrite: PITR ~5 min/30 d -> PITR ~5 min/7 d worse", "raw raw zone: GRS, ~15 min -> gap worse", "raw raw region: GRS, ~15 min -> gap worse"}
	if diff := cmp.Diff(worse, shiftsOf(platform(30, false, true), platform(7, true, false))); diff != "" {
		t.Error(diff)
	}
	better := []string{"raw raw delete: gap -> PITR ~5 min/7 d better", "raw raw overwrite: gap -> PITR ~5 min/7 d better"}
	if diff := cmp.Diff(better, shiftsOf(platform(0, true, true), platform(7, false, true))); diff != "" {
		t.Error(diff)
	}
}

// A container that was like its account has a row only from when it differs.
func TestCompareFindsRowsThatAppear(t *testing.T) {
	platform := func(immutable bool) *builder {
		b := build("shop")
		lake := b.add(model.ObjectStore, "azure storage", "lake", by(model.SoftDelete, "azure.blob_soft_delete", 0, 7))
		adjust := []func(*model.Asset){within(lake), by(model.SoftDelete, "azure.blob_soft_delete", 0, 7)}
		if immutable {
			adjust = append(adjust, by(model.Immutability, "azure.immutability", 0, 0, locked))
		}
		b.add(model.Container, "azure storage", "raw", adjust...)
		return b
	}
	want := []string{
		"unclassified lake/raw delete: undelete 7 d -> WORM better", "unclassified lake/raw overwrite: undelete 7 d -> WORM better",
		"unclassified lake/raw destroy: gap -> WORM better", "unclassified lake/raw compromise: gap -> WORM better",
	}
	if diff := cmp.Diff(want, shiftsOf(platform(false), platform(true))); diff != "" {
		t.Error(diff)
	}
	want = []string{
		"unclassified lake/raw delete: WORM -> undelete 7 d worse", "unclassified lake/raw overwrite: WORM -> undelete 7 d worse",
		"unclassified lake/raw destroy: WORM -> gap worse", "unclassified lake/raw compromise: WORM -> gap worse",
	}
	if diff := cmp.Diff(want, shiftsOf(platform(true), platform(false))); diff != "" {
		t.Error(diff)
	}
}

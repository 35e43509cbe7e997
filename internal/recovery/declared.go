package recovery

import "github.com/drlint/drlint/internal/model"

// declaredMechanisms are protections that people attest. They answer the faults
// that the protection is for, under the conditions of real ones, and their
// recovery point is what the attestation says. It does not say how long a return
// takes: a copy that a restore reads takes hours, what only has to be undone or
// switched over takes minutes.
var declaredMechanisms = []Mechanism{
	{
		ID: "declared.zone_redundancy", RTO: "minutes", Basis: Configured, Source: attested,
		Covers: cells{model.ZoneFault: Always},
	},
	{
		ID: "declared.geo_replication", RTO: "minutes", Basis: Configured, Source: attested,
		Covers: cells{model.ZoneFault: Always, model.RegionFault: IfOtherRegion},
	},
	{
		ID: "declared.versioning", RTO: "minutes", Basis: Configured, Windowed: true, Source: attested,
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always},
	},
	{
		ID: "declared.soft_delete", RTO: "minutes", Basis: Configured, Windowed: true, Source: attested,
		Covers: cells{model.DeleteFault: Always},
	},
	{ID: "declared.container_soft_delete", Source: attested, Covers: cells{}},
	{
		ID: "declared.point_in_time_restore", RTO: "hours", Basis: Configured, Windowed: true, Source: attested,
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always},
	},
	{
		ID: "declared.backup", RTO: "hours", Basis: Configured, Windowed: true, Source: attested,
		Covers: cells{
			model.DeleteFault: Always, model.OverwriteFault: Always, model.DestroyFault: Always, model.ZoneFault: IfOtherRegion,
			model.RegionFault: IfOtherRegion, model.CompromiseFault: IfLockedOrAccount,
		},
	},
	{
		ID: "declared.immutability", RTO: "minutes", Basis: Configured, Source: attested,
		Covers: cells{model.DeleteFault: Always, model.OverwriteFault: Always, model.CompromiseFault: IfLocked},
	},
	{
		ID: "declared.mirror", RTO: "minutes", Basis: Configured, Source: attested,
		Covers: cells{model.DestroyFault: IfDeletesStay, model.RepositoryFault: IfDeletesStay, model.CompromiseFault: IfLocked},
	},
	{
		ID: "declared.undeletable_copy", RTO: "minutes", Basis: Configured, Source: attested,
		Covers: cells{model.DestroyFault: Always, model.RepositoryFault: Always, model.CompromiseFault: IfLocked},
	},
	{ID: "declared.branch_protection", Source: attested, Covers: cells{}},
	{ID: "declared.purge_protection", Source: attested, Covers: cells{}},
	{ID: "declared.delete_guard", Source: attested, Covers: cells{}},
	{ID: "declared.destroy_guard", Source: attested, Covers: cells{}},
}

const attested = "an attestation in .drlint.yaml, by its owner and until its day"

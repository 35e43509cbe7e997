package recovery

import "github.com/drlint/drlint/internal/model"

// Compute fills in, for every asset, which faults it survives and by what, and
// what can be loaded again where no copy is sure.
func Compute(m *model.Model) {
	c := &computer{rows: map[string]*Mechanism{}, order: make([]answers, len(m.Assets)), byID: make(map[string]*answers, len(m.Assets)), names: map[model.Kind][]string{}}
	table := Table()
	for i := range table {
		c.rows[table[i].ID] = &table[i]
	}
	for i, a := range m.Assets {
		c.order[i].asset = a
		c.byID[a.ID] = &c.order[i]
	}
	for i := range c.order {
		c.answer(&c.order[i])
	}
	c.rebuild(m)
	for i := range c.order {
		c.order[i].write()
	}
}

// write hands the answers to the asset.
func (of *answers) write() {
	of.asset.Recovery = make(map[model.Fault]model.Survival, faultCount)
	for i, fault := range model.Faults {
		if of.met[i] {
			of.asset.Recovery[fault] = of.found[i]
		}
	}
}

// faultsOf lists the faults that an asset of a kind can meet.
func faultsOf(kind model.Kind) []model.Fault {
	switch kind {
	case model.OpaqueModule:
		return nil
	case model.KeyVault:
		// The service keeps every version of a secret and copies the vault to other
		// zones and to the paired region, which nobody configures (Azure Key Vault
		// availability and redundancy).
		return []model.Fault{model.DeleteFault, model.DestroyFault, model.CompromiseFault}
	case model.Repository:
		return []model.Fault{model.DestroyFault, model.CompromiseFault, model.RepositoryFault}
	default:
		return []model.Fault{model.DeleteFault, model.OverwriteFault, model.DestroyFault, model.ZoneFault, model.RegionFault, model.CompromiseFault}
	}
}

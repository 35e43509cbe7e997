package scan

import (
	"github.com/drlint/drlint/internal/model"
)

// Harm lists the assets that are worse off in another model: a protection that
// was on no longer is, or a fault that was survived no longer is.
func Harm(before, after *model.Model) map[string]bool {
	is := map[string]*model.Asset{}
	for _, a := range after.Assets {
		is[a.ID] = a
	}
	harmed := map[string]bool{}
	for _, was := range before.Assets {
		if now := is[was.ID]; now == nil || worse(was, now) {
			harmed[was.ID] = true
		}
	}
	return harmed
}

func worse(was, now *model.Asset) bool {
	for name, p := range was.Protections {
		if p.State == model.On && now.Protections[name].State != model.On {
			return true
		}
	}
	for fault, answer := range was.Recovery {
		if answer.Survives == model.Yes && now.Recovery[fault].Survives != model.Yes {
			return true
		}
	}
	return false
}

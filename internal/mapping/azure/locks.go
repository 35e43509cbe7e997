package azure

import (
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// managementLock is a lock of Azure Resource Manager, which everything below its
// scope inherits.
type managementLock struct {
	scope, level attr
}

func managementLocks() draft.Mapper {
	return draft.Mapper{
		Service: "authorization",
		Types:   inAllForms(armLock, "azurerm_management_lock"),
		Attach:  managed(attachLock),
	}
}

func readLock(r *resource.Resource) (managementLock, bool) {
	if r.Type == "azurerm_management_lock" {
		return managementLock{scope: attrOf(r, "scope"), level: attrOf(r, "lock_level")}, true
	}
	arm, ok := armOf(r, armLock)
	return managementLock{scope: arm.scope.orElse(arm.parent), level: arm.at("properties.level")}, ok
}

// lockableKinds are the kinds of assets that Azure can refuse to delete.
func lockableKinds() []model.Kind {
	return slices.DeleteFunc(slices.Clone(model.Kinds), func(kind model.Kind) bool {
		return !slices.Contains(model.ProtectionsOf(kind), model.DeleteGuard)
	})
}

func attachLock(d *draft.Draft, r *resource.Resource) {
	lock, ok := readLock(r)
	if !ok {
		return
	}
	f := feature{state: model.On, at: lock.scope.At, days: model.AbsentFact(lock.scope.At)}
	switch lock.level.text() {
	case "CanNotDelete", "ReadOnly":
	default:
		f = f.undecided(openText(lock.level, "a lock level"))
	}
	if isARM(r) && lock.scope.IsAbsent() {
		lockDeployment(d, r, f)
		return
	}
	if a := lockedAsset(d, r, lock.scope); a != nil {
		stateLock(d, r, a, f)
		return
	}
	switch level := scopeOf(d, lock.scope); level {
	case groupScope:
		lockGroup(d, r, groupNamed(d, lock.scope), f)
	case subscriptionScope:
		lockSubscription(d, r, f)
	case openScope:
		d.Doubt(r, provider, lockableKinds(), []string{model.DeleteGuard}, unresolved(lock.scope), lock.scope.At)
	}
}

// The levels at which a lock may be set, other than on an asset itself.
const (
	otherScope        = "other" // a resource that is no asset
	groupScope        = "group"
	subscriptionScope = "subscription"
	openScope         = "open"
)

// lockedAsset returns the asset that a scope means.
func lockedAsset(d *draft.Draft, r *resource.Resource, scope attr) *model.Asset {
	switch {
	case isBuilt(scope):
		return nil
	case scope.IsKnown():
		return assetOfID(d, r, scope)
	}
	match := d.Find(scope.Value, r.Root, provider, lockableKinds()...)
	match.Assets = slices.DeleteFunc(match.Assets, func(a *model.Asset) bool { return !endsWith(scope, a) })
	if !match.Resolved() && isID(scope) {
		return assetOfID(d, r, scope)
	}
	return pick(match, r, scope).asset
}

// assetOfID resolves a resource ID by its type segments.
func assetOfID(d *draft.Draft, r *resource.Resource, scope attr) *model.Asset {
	id := strings.ToLower(idText(scope))
	switch {
	case !strings.Contains(id, "/providers/"):
		return nil
	case strings.Contains(id, "/containers/"):
		return findContainer(d, r, scope).asset
	case strings.Contains(id, "/microsoft.storage/storageaccounts/"):
		return findAccount(d, r, scope).asset
	case strings.Contains(id, "/microsoft.dataprotection/backupvaults/"):
		return findVault(d, r, scope).asset
	case strings.Contains(id, "/microsoft.recoveryservices/vaults/"):
		return find(d, r, "vaults", model.BackupVault, scope).asset
	}
	for _, place := range lockablePlaces {
		if endsInType(id, place.armType) {
			return ofService(find(d, r, place.segment, place.kind, scope), place.service).asset
		}
	}
	return databaseOfID(d, r, scope)
}

// lockablePlaces are the resources that hold no data of their own kind of store
// and that a literal ID may name.
var lockablePlaces = []placeOfData{
	{armKeyVault, keyVaultService, "vaults", model.KeyVault},
	{armConfigurationStore, appConfigurationService, "configurationStores", model.ConfigurationStore},
	{armVirtualMachine, computeService, "virtualMachines", model.VirtualMachine},
	{armFactory, dataFactoryService, "factories", model.Workspace},
	{armDatabricks, databricksService, "workspaces", model.Workspace},
	{armMachineLearning, machineLearningService, "workspaces", model.Workspace},
}

// isBuilt says that a scope is a reference with readable text around it: a
// resource below or beside the one that it names.
func isBuilt(scope attr) bool {
	return scope.IsUnknown() && strings.Contains(scope.Hint, "/") && !isID(scope)
}

// isID says that a scope is a resource ID with parts that are known only at
// deployment.
func isID(scope attr) bool {
	return scope.IsUnknown() && strings.HasPrefix(scope.Hint, "/subscriptions/")
}

// endsWith says whether a scope means an asset and not something below it.
func endsWith(scope attr, a *model.Asset) bool {
	if !isID(scope) {
		return true
	}
	last := scope.Hint[strings.LastIndexByte(scope.Hint, '/')+1:]
	return strings.EqualFold(last, a.Name.Text()) || last == a.NameHint || a.NameHint == "" && last == string(resource.Hole)
}

// scopeOf classifies a scope that is no asset.
func scopeOf(d *draft.Draft, scope attr) string {
	id, readable := strings.ToLower(idText(scope)), scope.IsKnown() || isID(scope)
	switch {
	case readable && strings.Contains(strings.ReplaceAll(id, "/providers/"+armGroup+"/", "/resourcegroups/"), "/providers/"):
		return otherScope
	case readable && strings.Contains(id, "/resourcegroups/"):
		return groupScope
	case readable && strings.HasPrefix(id, "/subscriptions/"):
		return subscriptionScope
	case isBuilt(scope):
		return openScope
	}
	referents := d.Resources.Referents(scope.Value)
	if len(referents) == 0 {
		return openScope
	}
	text, _ := referents[0].Attrs.Get("type").AsString()
	switch first := referents[0].Type; {
	case first == "azurerm_resource_group", strings.HasPrefix(text, "Microsoft.Resources/resourceGroups@"), strings.EqualFold(first, armGroup):
		return groupScope
	case first == "azurerm_subscription", first == "azurerm_client_config":
		return subscriptionScope
	default:
		return otherScope
	}
}

// lockDeployment locks what a template deploys to: without a scope a lock is an
// extension of the resource group or of the subscription (ARM template
// reference, Microsoft.Authorization/locks).
func lockDeployment(d *draft.Draft, r *resource.Resource, f feature) {
	f.at = r.At
	if target, _ := r.Provider.Get("target_scope").AsString(); target == "subscription" {
		lockSubscription(d, r, f)
		return
	}
	lockGroup(d, r, groupOf(d, r), f)
}

// lockGroup locks what is in a resource group.
func lockGroup(d *draft.Draft, r *resource.Resource, locked group, f feature) {
	for _, kind := range lockableKinds() {
		for _, a := range d.OfKindIn(r.Root, kind) {
			declared := resourceOf(d, a)
			if a.Provider != provider || a.Within != "" || declared == nil || declared.Root != r.Root {
				continue
			}
			own := groupOf(d, declared)
			switch locked.same(own) {
			case model.Yes:
				stateLock(d, r, a, f)
			case model.Maybe:
				stateLock(d, r, a, f.undecided(firstText(own.open, locked.open)))
			}
		}
	}
}

func firstText(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}

// lockSubscription locks what the same provider configuration manages.
func lockSubscription(d *draft.Draft, r *resource.Resource, f feature) {
	for _, kind := range lockableKinds() {
		for _, a := range d.OfKindIn(r.Root, kind) {
			declared := resourceOf(d, a)
			if a.Provider != provider || a.Within != "" || declared == nil || declared.Root != r.Root {
				continue
			}
			if otherSubscriptionOf(r, declared) == model.No {
				stateLock(d, r, a, f)
			}
		}
	}
}

// stateLock states that Azure refuses to delete a resource. The lock works on
// the control plane: it keeps an account, not the blobs in it (Microsoft Learn,
// Lock your resources to protect your infrastructure).
func stateLock(d *draft.Draft, r *resource.Resource, a *model.Asset, f feature) {
	if f.state == model.On && (a.Kind == model.ObjectStore || a.Kind == model.Container) {
		f.why = "the lock keeps the resource, not the blobs in it"
	}
	protect(d, a, r, model.DeleteGuard, inPlace(a, r, "guard.management_lock", f))
}

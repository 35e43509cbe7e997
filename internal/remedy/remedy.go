// Package remedy says how to edit files so that a rule passes. What can be done
// about which resource is a table (the catalogue); whether it can be done by an
// edit that nobody has to think about is decided here, from the evaluated
// resources and the text. Where that is in doubt there is no fix.
package remedy

import "slices"

// Remedy is one way to protect something, in every dialect that can express it.
type Remedy struct {
	// Name is what rules call it: "replicate-to-paired-region".
	Name string
	// Title says what it does, as an order.
	Title string
	// Safe means that it costs no money and changes nothing that runs.
	Safe    bool
	Targets []Target
}

// Target says what to write in resources of some types.
type Target struct {
	// Types are types of Terraform ("azurerm_storage_account") and of ARM, in
	// lower case ("microsoft.storage/storageaccounts").
	Types []string
	// Terraform means every type of Terraform.
	Terraform bool
	// When lists what has to hold for the remedy to be one.
	When []Condition
	// Off names a protection of the asset that has to be off.
	Off string
	// Set are the attributes to write.
	Set []Attribute
	// Add is a further block to write after that of the resource.
	Add *Addition
}

// Condition asks for the value of an attribute.
type Condition struct {
	// Path is an attribute of the resource, Setting a setting of the asset.
	Path, Setting string
	// In are the values that do, a star at the end stands for any rest; Absent says
	// whether none does as well. A value that is not known never does.
	In     []string
	Absent bool
}

// Attribute is one attribute and what to write there. A value is a string,
// bool or int.
type Attribute struct {
	Path string // below the resource: "blob_properties.versioning_enabled"
	// To is the value to write; with From it is what to write in place of each
	// value, and any other value has no remedy.
	To   any
	From map[string]string
	// Raise means that a number which is larger than To stays as it is.
	Raise bool
	// Days is set for how long something is kept: the number of these units in a
	// day. To is the least number of days then, and more where the rule's setting
	// or a declared time of detection asks for more.
	Days int
	// Present means that nothing is written where the attribute is absent.
	Present bool
}

// Addition is a resource of its own. In the templates {self} is the reference to
// the resource that it belongs to, or to the instance of it where that is repeated.
type Addition struct {
	// Type is the type of the new resource, in Bicep with its API version unless
	// that is the version of the resource it belongs to.
	Type string
	// Label completes the symbol of a Bicep resource: "Lock".
	Label string
	// Terraform and Bicep are the arguments of the new block; empty where the
	// dialect cannot express it.
	Terraform, Bicep string
}

// Catalogue lists every remedy, by name.
func Catalogue() []Remedy {
	return slices.Concat(redundancy(), keeping(), databases(), guards(), vaults())
}

// Lookup returns the remedies of some names, in the order in which they are tried:
// safe ones first. Names that do not exist are left out.
func Lookup(names []string) (found []Remedy) {
	if len(names) == 0 {
		return nil
	}
	all := Catalogue()
	for _, safe := range []bool{true, false} {
		for _, name := range names {
			for _, r := range all {
				if r.Name == name && r.Safe == safe {
					found = append(found, r)
				}
			}
		}
	}
	return found
}

// Types lists the types of resources that a remedy is about, as the catalogue
// orders them, each once.
func (r *Remedy) Types() (types []string) {
	for _, t := range r.Targets {
		if t.Terraform {
			types = append(types, "every type of Terraform")
		}
		for _, name := range t.Types {
			if !slices.Contains(types, name) {
				types = append(types, name)
			}
		}
	}
	return types
}

func is(path string, values ...string) Condition { return Condition{Path: path, In: values} }

func isOrAbsent(path string, values ...string) Condition {
	return Condition{Path: path, In: values, Absent: true}
}

func absent(path string) Condition { return Condition{Path: path, Absent: true} }

func set(path string, to any) Attribute { return Attribute{Path: path, To: to} }

// leastDays is how long what is deleted by mistake is kept where nobody asks for more.
const leastDays = 7

// keep raises a number of days, or of another unit of which a day has several.
func keep(path string, unitsOfDay int) Attribute {
	return Attribute{Path: path, To: leastDays, Raise: true, Days: unitsOfDay}
}

// flat asks for an account without a hierarchical namespace, which keeps versions.
func flat() Condition { return Condition{Setting: "hierarchical_namespace", In: []string{"false"}} }

func replace(path string, from map[string]string) Attribute {
	return Attribute{Path: path, From: from}
}

// Package finding holds what drlint tells its users: rules, verdicts on assets,
// and what users decided to ignore. It knows neither formats nor the rule language.
package finding

import (
	"slices"

	"github.com/drlint/drlint/internal/source"
)

// Severity grades a finding.
type Severity string

// The severities, gravest first.
const (
	High   Severity = "high"
	Medium Severity = "medium"
	Low    Severity = "low"
	Info   Severity = "info"
)

// Severities lists the severities, gravest first.
var Severities = []Severity{High, Medium, Low, Info}

// Rank orders severities: 0 is the gravest, 4 is not a severity.
func (s Severity) Rank() int {
	for rank, severity := range Severities {
		if s == severity {
			return rank
		}
	}
	return len(Severities)
}

// Verdict is the answer of one rule about one asset.
type Verdict string

// The verdicts. Pass is computed: every asset in a rule's scope about which the
// rule said nothing.
const (
	Fail    Verdict = "fail"
	Unknown Verdict = "unknown"
	Exempt  Verdict = "exempt"
	Pass    Verdict = "pass"
)

// Rule is everything about a rule but its condition.
type Rule struct {
	ID          string      `json:"id"` // "raw/not-replicated"
	Title       string      `json:"title"`
	Description string      `json:"description"` // why it matters
	Fix         Advice      `json:"fix"`         // what to write instead
	Severity    Severity    `json:"severity"`
	Kinds       []string    `json:"kinds"`  // model.Kind in scope
	Stages      []string    `json:"stages"` // model.Stage in scope; empty means all
	Guide       []Statement `json:"guide"`  // what it follows from
	Tags        []string    `json:"tags,omitempty"`
	// Profile is the smallest profile that the rule belongs to.
	Profile Profile `json:"profile"`
	// Since is the month of the rule set that brought the rule: "2026-11".
	Since      string      `json:"since"`
	References []Reference `json:"references,omitempty"`
	// Settings are what users may change, in the order of the rule's metadata.
	Settings []Setting `json:"settings,omitempty"`
	// Custom marks a user's own rule.
	Custom bool `json:"custom,omitempty"`
	// Remedies name what may be done about a failure by editing files, as the
	// catalogue of package remedy calls it.
	Remedies []string `json:"remedies,omitempty"`
	// Aliases are former names, which configurations, ignore comments and flags
	// may still use.
	Aliases []string `json:"aliases,omitempty"`
}

// AboutIgnoring reports whether a rule is about what users decided to ignore
// rather than about assets.
func (r *Rule) AboutIgnoring() bool { return len(r.Kinds) == 0 }

// Reference points to further reading.
type Reference struct {
	URL         string `json:"url"`
	Description string `json:"description,omitempty"`
}

// Subject is the asset a finding is about.
type Subject struct {
	ID      string
	Address string
	Type    string
	Kind    string
	// Provider is whose product it is, as the model names it.
	Provider string
	Stages   []string
	// Root is the directory or file that is evaluated, Environment what it is
	// evaluated for; empty by itself. Root, Environment and Address name one asset.
	Root, Environment string
}

// Related is a further place that helps to understand a finding.
type Related struct {
	Message string
	At      source.Range
	// Quote asks reports to show the text at the place: it is a value, not a block.
	Quote bool
}

// Call is one step of a chain of module calls.
type Call struct {
	Name string
	At   source.Range
}

// Finding is one verdict that users see. One cause is one finding: what the
// same text decides for further assets is listed in Instances.
type Finding struct {
	Rule     *Rule
	Verdict  Verdict
	Severity Severity // the rule's, unless the configuration changed it
	// Lowered is the severity in production, where the finding concerns nothing
	// but its rehearsals; empty otherwise.
	Lowered Severity
	Message string
	Subject Subject
	At      source.Range
	// Body is the block that declares the subject; suppressions written above it count.
	Body    source.Range
	Via     []Call // outermost first
	Related []Related
	// Instances are the further subjects of the same cause.
	Instances []Instance
	// Path is the model path that decides ("protections.backup"); part of the fingerprint.
	Path string
	// Decider is the address of what holds the deciding text, without what may vary
	// while the text stays: the calls of the module that holds it, and the keys of
	// instances. It is part of the identity; empty stands for the subject's address.
	Decider string
	// Everywhere says that the finding is about the repository as a whole: At is only
	// where it is shown, which other files may move, and no part of the identity.
	Everywhere bool
	// Identity survives edits elsewhere in the file and further environments.
	Identity Identity
	// Fingerprint is the identity in 16 hexadecimal digits.
	Fingerprint string
	Suppressed  *Suppression
	// Environments are those in which the subject has this finding, sorted; none
	// where its root is evaluated by itself. Others are the further environments
	// of that root, by name.
	Environments []string
	Others       []Other
	// Fixes are the edits that would make the rule pass, the safest first; most
	// findings have none.
	Fixes []Fix
	// Change is what a comparison with another revision says of the finding;
	// empty where nothing was compared.
	Change Change
}

// Whole stands for the file of what is about the repository as a whole.
const Whole = "."

// Home is the file that the identity names.
func (f *Finding) Home() string {
	if f.Everywhere {
		return Whole
	}
	return f.At.File
}

// Providers are those of the subjects, that of the first one first.
func (f *Finding) Providers() []string {
	names := []string{f.Subject.Provider}
	for _, instance := range f.Instances {
		if !slices.Contains(names, instance.Subject.Provider) {
			names = append(names, instance.Subject.Provider)
		}
	}
	return names
}

// Advice is what to write instead, for the users of those providers.
func (f *Finding) Advice() string { return f.Rule.Fix.For(f.Providers()...) }

// Identity is what tells a finding from all others of a run and stays the same
// when lines move.
type Identity struct {
	// File is that of the place, Whole for what is about the repository as a whole.
	Rule, File, Address, Path string
	// Ordinal counts from 0 what nothing else tells apart.
	Ordinal int
}

// Change tells how a finding relates to the revision that a run compares with.
type Change string

// The changes.
const (
	// New means that the other revision does not have the finding.
	New Change = "new"
	// Touched means that it has it, and that lines which decide it were changed.
	Touched Change = "touched"
)

// Other is an environment in which a subject does not have a finding.
type Other struct {
	Environment string
	// Verdict is what the same rule says there; the verdict of the finding itself
	// means that another text decides. It is empty where the rule has nothing to
	// say: it passes, or there is no such asset.
	Verdict Verdict
}

// Instance is another subject that the same text decides for.
type Instance struct {
	Subject      Subject
	Via          []Call
	Environments []string // as in Finding
}

// The kinds of suppressions.
const (
	Inline     = "inline"        // a comment
	Configured = "configuration" // an entry of .drlint.yaml
	Baseline   = "baseline"      // known before
)

// Suppression says who decided to ignore a finding and why.
type Suppression struct {
	// Kind is "inline", "configuration" or "baseline".
	Kind   string
	Reason string
	// Until is the last day on which it holds, "2027-01-31"; empty means for ever.
	Until string
	// Owner is who can be asked; may be empty.
	Owner string
	// At is the comment or entry; a baseline has none.
	At source.Range
}

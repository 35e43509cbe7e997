package policy

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/topdown"

	"github.com/drlint/drlint/internal/finding"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/policy/machine"
	"github.com/drlint/drlint/internal/policy/value"
)

// job is one rule with its scope and, afterwards, what it said.
type job struct {
	rule     *rule
	model    *model.Model
	scope    []*model.Asset
	settings *ast.Term
	session  *machine.Session // nil unless the rule is planned
	// documents are what its libraries share with other rules.
	documents []*document
	coverage  *Coverage
	verdicts  []Verdict
	worst     map[*model.Asset]finding.Verdict // the gravest verdict on every asset that was named
	problems  []Problem
}

// Eval evaluates the rules over a model. The error is that of the context or of
// a rule that is part of drlint and cannot be compiled; whatever goes wrong in
// the evaluation of a rule is a Problem and leaves the other rules alone.
func (s *Ruleset) Eval(ctx context.Context, m *model.Model, opts Options) (Outcome, error) {
	scopes := newScopes(m)
	jobs := s.jobs(m, scopes, opts)
	var needed []*job
	for _, j := range jobs {
		if len(j.scope) > 0 {
			needed = append(needed, j)
		}
	}
	if err := evaluate(ctx, needed, m, scopes, opts); err != nil {
		return Outcome{}, err
	}
	out := Outcome{jobs: jobs}
	said := make([][]Verdict, len(jobs))
	for i, j := range jobs {
		said[i] = j.verdicts
		out.Problems = append(out.Problems, j.problems...)
	}
	out.Verdicts, out.Counts = slices.Concat(said...), out.CountsOf(everyAsset)
	return out, nil
}

// jobs pairs every enabled rule with its scope.
func (s *Ruleset) jobs(m *model.Model, scopes *scopes, opts Options) []*job {
	var jobs []*job
	for _, r := range s.rules {
		if !opts.Enables(r.about) {
			continue
		}
		j := &job{rule: r, model: m, scope: scopes.of(r.about), coverage: opts.Coverage}
		j.settings, j.problems = settingsOf(r.about, opts.Settings[r.about.ID])
		jobs = append(jobs, j)
	}
	return jobs
}

// evaluate runs the jobs, those with the largest scope first, so that none of
// the processors is left with a long one at the end.
func evaluate(ctx context.Context, jobs []*job, m *model.Model, scopes *scopes, opts Options) error {
	if len(jobs) == 0 {
		return ctx.Err()
	}
	rules := make([]*rule, len(jobs))
	for i, j := range jobs {
		rules[i] = j.rule
	}
	programs, err := prepare(ctx, rules)
	if err != nil {
		return err
	}
	in := newInputs(m, scopes, opts.Now)
	for _, j := range jobs {
		j.session = in.session(programs[j.rule.group])
	}
	bySize := slices.Clone(jobs)
	slices.SortStableFunc(bySize, func(a, b *job) int { return cmp.Compare(len(b.scope), len(a.scope)) })
	timeout := cmp.Or(opts.Timeout, DefaultTimeout)
	var known answers
	if unplanned := slices.DeleteFunc(slices.Clone(jobs), (*job).isPlanned); len(unplanned) > 0 {
		in.translate()
		known = ask(ctx, unplanned, in, timeout)
	}
	parallel(len(bySize), func(i int) {
		if ctx.Err() == nil {
			bySize[i].run(ctx, in, known, timeout)
		}
	})
	return ctx.Err()
}

func (j *job) run(ctx context.Context, in *inputs, known answers, timeout time.Duration) {
	limited, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	var said *ast.Term
	var failures []topdown.Error
	var err error
	if j.isPlanned() {
		said, failures, err = j.session.Eval(limited, j.rule.planned, in.of(j.scope, j.settings))
	} else {
		said, failures, err = run(limited, j.rule.query, in.library.of(j.scope, j.settings), known.cache(j.documents), j.coverage.tracer()...)
		if said != nil {
			said = value.Own(said)
		}
	}
	if err != nil {
		j.problems = append(j.problems, j.failure(err, timeout))
		return
	}
	for _, f := range failures {
		j.problem("rule/builtin", f.Message, f.Location)
	}
	j.read(said)
	j.order()
}

func (j *job) isPlanned() bool { return j.session != nil }

// run evaluates one query. It returns what functions of the rule language
// complained about besides: they do not end the evaluation.
func run(
	ctx context.Context, query *rego.PreparedEvalQuery, input ast.Value, cache topdown.VirtualCache, more ...rego.EvalOption,
) (said *ast.Term, failures []topdown.Error, err error) {
	options := append([]rego.EvalOption{
		rego.EvalParsedInput(input), rego.EvalVirtualCache(cache), rego.EvalBuiltinErrorList(&failures),
		rego.EvalGenerateJSON(func(term *ast.Term, _ *rego.EvalContext) (any, error) {
			said = term
			return nil, nil
		}),
	}, more...)
	_, err = query.Eval(ctx, options...)
	return said, failures, err
}

func (j *job) failure(err error, timeout time.Duration) Problem {
	p := Problem{Code: "rule/evaluation", Message: err.Error(), File: j.rule.path, Rule: j.rule.about.ID}
	if topdown.IsCancel(err) || errors.Is(err, context.DeadlineExceeded) {
		p.Code, p.Message = "rule/timeout", fmt.Sprintf("gives no answer within %s", timeout)
		return p
	}
	var failed *topdown.Error
	if errors.As(err, &failed) {
		p.Message = oneLine(failed.Message)
		if failed.Location != nil {
			p.File, p.Line, p.Column = failed.Location.File, failed.Location.Row, failed.Location.Col
		}
	}
	return p
}

func (j *job) problem(code, message string, at *ast.Location) {
	p := problemAt(code, oneLine(message), at)
	p.Rule, p.File = j.rule.about.ID, cmp.Or(p.File, j.rule.path)
	if !slices.Contains(j.problems, p) {
		j.problems = append(j.problems, p)
	}
}

func oneLine(message string) string { return strings.Join(strings.Fields(message), " ") }

// order sorts what was said, once for each place, and drops exemptions that the
// rule itself contradicts. Several paths can lead to one place: what an asset
// inherits may be stated on it as well.
func (j *job) order() {
	j.worst = map[*model.Asset]finding.Verdict{}
	for _, v := range j.verdicts {
		if known, seen := j.worst[v.Asset]; !seen || rank(v.Verdict) < rank(known) {
			j.worst[v.Asset] = v.Verdict
		}
	}
	j.verdicts = slices.DeleteFunc(j.verdicts, func(v Verdict) bool {
		return v.Verdict == finding.Exempt && j.worst[v.Asset] != finding.Exempt
	})
	slices.SortFunc(j.verdicts, func(a, b Verdict) int {
		return cmp.Or(strings.Compare(a.Asset.ID, b.Asset.ID), cmp.Compare(rank(a.Verdict), rank(b.Verdict)),
			a.At.Compare(b.At), strings.Compare(a.Message, b.Message), strings.Compare(a.Path, b.Path))
	})
	j.verdicts = slices.CompactFunc(j.verdicts, func(a, b Verdict) bool {
		return a.Asset == b.Asset && a.Verdict == b.Verdict && a.At == b.At && a.Message == b.Message
	})
	sortProblems(j.problems)
}

// rank orders verdicts by gravity.
func rank(v finding.Verdict) int {
	switch v {
	case finding.Fail:
		return 0
	case finding.Unknown:
		return 1
	case finding.Exempt:
		return 2
	default:
		return 3
	}
}

func everyAsset(*model.Asset) bool { return true }

// count computes the passes. The silence of a rule with a problem is none.
func (j *job) count(counted func(*model.Asset) bool) Count {
	c := Count{Rule: j.rule.about}
	for _, a := range j.scope {
		verdict, named := j.worst[a]
		switch {
		case !counted(a):
		case verdict == finding.Fail:
			c.Fail++
		case verdict == finding.Unknown:
			c.Unknown++
		case verdict == finding.Exempt:
			c.Exempt++
		case !named && len(j.problems) == 0:
			c.Pass++
		}
	}
	c.Checked = c.Pass + c.Fail + c.Unknown + c.Exempt
	return c
}

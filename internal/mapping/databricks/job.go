package databricks

import (
	"slices"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

func jobs() draft.Mapper {
	return draft.Mapper{
		Service: "jobs", Types: []string{"databricks_job"},
		Declare: managed(func(d *draft.Draft, r *resource.Resource) {
			a := d.Declare(r, model.Job, provider, "jobs", r.Attrs.Get("name"))
			d.Tag(a, r.Attrs.Get("tags"))
		}),
		Attach: attached(attachJob),
	}
}

func attachJob(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	guards(d, a, r)
	describeGit(d, a, r)
	beat := rhythmOf(d, r, 0)
	if beat.interval.State != model.Absent {
		d.Set(a, "interval_hours", beat.interval)
	}
	if beat.paused.State != model.Absent {
		d.Set(a, "paused", beat.paused)
	}
	if expression := firstOf(first(r, "schedule", "trigger.cron").Block(), "quartz_cron_expression"); !expression.IsAbsent() {
		d.Set(a, "schedule", draft.Text(expression))
	}
	for _, c := range tasksOf(r) {
		runs(d, a, r, c, beat)
		worst(d, a, origin(d, r, c))
	}
	describeCluster(d, a, r)
	for _, task := range taskValues(r) {
		for _, place := range []string{"run_job_task.job_id", "pipeline_task.pipeline_id"} {
			v := task.Path(place)
			for _, target := range d.Resources.Referents(v, "databricks_job", "databricks_pipeline") {
				if started := d.Asset(target.ID); started != nil {
					d.Relate(a, "runs", started, v.At)
				}
			}
		}
	}
}

// describeCluster records the cluster that a job runs on when it is named by an
// ID, which is another one wherever the platform is built again.
func describeCluster(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	for _, task := range append(taskValues(r), r.Attrs) {
		v := task.Get("existing_cluster_id")
		if v.IsAbsent() || len(v.Refs) > 0 {
			continue
		}
		fact := draft.Text(v)
		if old, set := a.Settings["existing_cluster"]; !set || old.State == model.Unknown && fact.State == model.Known {
			d.Set(a, "existing_cluster", fact)
		}
	}
}

// describeGit records which Git repository and version a job runs; bundles and
// the API write "git_url", Terraform "url".
func describeGit(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	git := first(r, "git_source").Block()
	for _, name := range []string{"url", "branch", "tag", "commit"} {
		if v := firstOf(git, "git_"+name, name); !v.IsAbsent() {
			d.Set(a, "git_"+name, draft.Text(v))
		}
	}
}

// worst keeps the place of code that is the least under control: one task that
// runs from the workspace decides for the job.
func worst(d *draft.Draft, a *model.Asset, fact model.Fact) {
	old, set := a.Settings["source_kind"]
	was, is := slices.Index(places, old.Text()), slices.Index(places, fact.Text())
	switch {
	case !set, old.State == model.Known && fact.State == model.Known && is > was:
	case fact.State == model.Unknown && old.Text() != fromWorkspace:
	case old.State == model.Unknown && fact.Text() == fromWorkspace:
	default:
		return
	}
	d.Set(a, "source_kind", fact)
}

// runs connects a job or a pipeline with the code that it runs, and adds what
// that code moves.
func runs(d *draft.Draft, a *model.Asset, r *resource.Resource, c code, beat rhythm) {
	called, missing := notebookOf(d, r, c)
	if missing != "" {
		d.Miss(a, c.what, missing, c.path.At)
		return
	}
	if called == nil {
		return
	}
	d.Relate(a, "runs", called, c.path.At)
	for _, file := range filesOf(d, called) {
		addFlows(d, a, file, r, c.key, beat)
	}
}

// filesOf returns the file that a notebook is: itself, or the one that Terraform
// copies.
func filesOf(d *draft.Draft, called *model.Asset) (files []*resource.Resource) {
	for _, r := range d.Resources.Lookup(called.ID) {
		switch r.Type {
		case notebookType:
			files = append(files, r)
		case workspaceNotebook:
			if name, found := sourceFile(d, r); found {
				files = append(files, d.Resources.Lookup(".#"+name)...)
			}
		}
	}
	return files
}

func pipelines() draft.Mapper {
	return draft.Mapper{
		Service: "pipelines", Types: []string{"databricks_pipeline"},
		Declare: managed(func(d *draft.Draft, r *resource.Resource) {
			d.Declare(r, model.DataPipeline, provider, "pipelines", r.Attrs.Get("name"))
		}),
		Attach: attached(attachPipeline),
	}
}

// attachPipeline records what a declarative pipeline runs and where it writes
// (Pipelines API: continuous false by default).
func attachPipeline(d *draft.Draft, a *model.Asset, r *resource.Resource) {
	guards(d, a, r)
	for _, name := range []string{"catalog", "schema", "target", "storage"} {
		if v := r.Attrs.Get(name); !v.IsAbsent() {
			d.Set(a, name, draft.Text(v))
		}
	}
	beat := rhythmOf(d, r, 0)
	if on, _ := r.Attrs.Get("continuous").AsBool(); on {
		at := r.Attrs.Get("continuous").At
		beat = rhythm{interval: model.KnownFact(0.0, at), triggers: []string{"continuous"}, paused: model.AbsentFact(at)}
	}
	if beat.interval.State != model.Absent {
		d.Set(a, "interval_hours", beat.interval)
	}
	for _, c := range librariesOf(r) {
		runs(d, a, r, c, beat)
		worst(d, a, origin(d, r, c))
	}
}

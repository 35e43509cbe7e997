package google

import (
	"strings"
	"time"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

const pubSub = "pubsub"

func topics() draft.Mapper {
	return draft.Mapper{Service: pubSub, Types: []string{"google_pubsub_topic"}, Declare: managed(declareTopic)}
}

// declareTopic maps a topic. It keeps nothing for a replay unless
// message_retention_duration is written; what a subscription has not acknowledged
// is kept for that subscription. Messages are in several zones before they are
// acknowledged (hashicorp/google, google_pubsub_topic; Pub/Sub documentation,
// "Architecture overview").
func declareTopic(d *draft.Draft, r *resource.Resource) {
	a := d.Declare(r, model.EventStream, provider, pubSub, r.Attrs.Get("name"))
	tag(d, a, r, r.Attrs.Get("labels"))
	zones := inPlace(a, "pubsub.zones", model.On, "", r.At)
	zones.Defaulted = true
	d.Protect(a, model.ZoneRedundancy, zones)
	d.Inapplicable(a, model.DeleteGuard, "Pub/Sub has no switch that keeps a topic from being deleted", r.At)
	preventDestroy(d, a, r)
	retention := r.Attrs.Get("message_retention_duration")
	if retention.IsAbsent() {
		d.Set(a, "retention_days", model.DefaultFact(0.0, r.At))
	} else {
		d.Set(a, "retention_days", secondsAsDays(retention, "message_retention_duration"))
	}
}

// secondsAsDays reads "604800s".
func secondsAsDays(v resource.Value, name string) model.Fact {
	text, known := v.AsString()
	if !known {
		return model.UnknownFact(unresolved(v, name), v.At)
	}
	length, err := time.ParseDuration(text)
	if err != nil {
		return model.UnknownFact(name+" is "+text+", which is not a duration", v.At)
	}
	return model.KnownFact(length.Hours()/dayHours, v.At)
}

func subscriptions() draft.Mapper {
	return draft.Mapper{Service: pubSub, Types: []string{"google_pubsub_subscription"}, Attach: managed(attachSubscription)}
}

// attachSubscription adds the data that a subscription writes by itself, into a
// bucket or a table. One that is pulled or pushed says nothing about where data goes.
func attachSubscription(d *draft.Draft, r *resource.Resource) {
	bucket, table := r.Attrs.Path("cloud_storage_config.bucket"), r.Attrs.Path("bigquery_config.table")
	flow := model.Flow{
		ID: r.ID, Address: r.Address, Activity: "stream", Source: draft.Text(r.Attrs.Get("topic")),
		Mode: model.KnownFact(string(model.IncrementalLoad), r.At), Interval: model.AbsentFact(r.At), Triggers: []string{"event"}, At: r.At,
	}
	switch {
	case !bucket.IsAbsent():
		flow.Sink, flow.Write, flow.Dated = draft.Text(bucket), model.KnownFact("new_file", bucket.At), model.KnownFact(true, bucket.At)
		if match := d.Find(bucket, r.Root, provider, model.ObjectStore); len(match.Assets) == 1 {
			flow.To, flow.Sink = match.Assets[0].ID, namedAt(match.Assets[0].Name, flow.Sink)
		}
	case !table.IsAbsent():
		flow.Sink, flow.Write, flow.Dated = draft.Text(table), model.KnownFact("append", table.At), model.AbsentFact(table.At)
		if a := datasetOf(d, datasetIn(d, table), r); a != nil {
			flow.To, flow.Sink = a.ID, namedAt(a.Name, flow.Sink)
		}
	default:
		return
	}
	if match := d.Find(r.Attrs.Get("topic"), r.Root, provider, model.EventStream); len(match.Assets) == 1 {
		flow.From, flow.Source = match.Assets[0].ID, namedAt(match.Assets[0].Name, flow.Source)
	}
	d.AddFlow(flow)
}

// namedAt is the name of what was found, at the place where it is named.
func namedAt(name, named model.Fact) model.Fact {
	name.At = named.At
	return name
}

// datasetIn takes the dataset out of "project.dataset.table", or what the table
// that is referred to names.
func datasetIn(d *draft.Draft, table resource.Value) resource.Value {
	if text, known := table.AsString(); known {
		if parts := strings.Split(text, "."); len(parts) > 1 {
			return resource.StringAt(table.At, parts[len(parts)-2])
		}
	}
	for _, declared := range d.Resources.Referents(table, "google_bigquery_table") {
		return declared.Attrs.Get("dataset_id")
	}
	return table
}

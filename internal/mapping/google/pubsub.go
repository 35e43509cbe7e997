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

// declareTopic maps a topic. Messages are in several zones before they are
// acknowledged (Pub/Sub documentation, "Architecture overview").
func declareTopic(d *draft.Draft, r *resource.Resource) {
	a := d.Declare(r, model.EventStream, provider, pubSub, r.Attrs.Get("name"))
	tag(d, a, r, r.Attrs.Get("labels"))
	zones := inPlace(a, "pubsub.zones", model.On, "", r.At)
	zones.Defaulted = true
	d.Protect(a, model.ZoneRedundancy, zones)
	d.Inapplicable(a, model.DeleteGuard, "Pub/Sub has no switch that keeps a topic from being deleted", r.At)
	preventDestroy(d, a, r)
	d.Set(a, topicRetention, longer(keeps(r), model.DefaultFact(unreadDays, r.At)))
}

const (
	// topicRetention is for how many days a message waits for its reader.
	topicRetention = "retention_days"
	retentionName  = "message_retention_duration"
	// unreadDays is for how long a subscription keeps what nobody has read, unless
	// it is written (hashicorp/google, google_pubsub_subscription).
	unreadDays = 7.0
)

// keeps reads the retention of a topic or a subscription; a topic has none unless
// it is written (hashicorp/google, google_pubsub_topic).
func keeps(r *resource.Resource) model.Fact {
	v := r.Attrs.Get(retentionName)
	if v.IsAbsent() {
		return model.AbsentFact(r.At)
	}
	return secondsAsDays(v, retentionName)
}

// longer is the longer of two times. One that is not known may be.
func longer(a, b model.Fact) model.Fact {
	x, known := a.Number()
	y, _ := b.Number()
	if a.State == model.Unknown || known && x > y {
		return a
	}
	return b
}

// shorten applies the retention that a subscription writes: a message waits as
// long as the subscription or its topic keeps it.
func shorten(d *draft.Draft, topic *model.Asset, r *resource.Resource) {
	own := keeps(r)
	if own.State == model.Absent {
		return
	}
	kept := own
	for _, declared := range d.Resources.Lookup(topic.ID) {
		if ofTopic := keeps(declared); ofTopic.State != model.Absent && own.State == model.Known {
			kept = longer(ofTopic, own)
		}
	}
	now, known := topic.Settings[topicRetention].Number()
	if days, sure := kept.Number(); !sure && known || sure && days < now {
		d.Set(topic, topicRetention, kept)
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
	topic := d.Find(r.Attrs.Get("topic"), r.Root, provider, model.EventStream)
	if len(topic.Assets) == 1 {
		shorten(d, topic.Assets[0], r)
	}
	exportMessages(d, r, topic.Assets)
}

func exportMessages(d *draft.Draft, r *resource.Resource, topics []*model.Asset) {
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
	if len(topics) == 1 {
		flow.From, flow.Source = topics[0].ID, namedAt(topics[0].Name, flow.Source)
		keepMessages(d, topics[0], flow)
	}
	d.AddFlow(flow)
}

// keepMessages states the copy that what a subscription writes is of its topic.
func keepMessages(d *draft.Draft, topic *model.Asset, flow model.Flow) {
	means := inPlace(topic, "pubsub.export", model.On, "", flow.Sink.At)
	means.By, means.OtherRegion, means.OtherAccount = flow.Address, model.Maybe, model.Maybe
	means.Region = model.UnknownFact("no scanned file declares where it is written", flow.Sink.At)
	if to := d.Asset(flow.To); to != nil {
		means.Target, means.Region = to.ID, to.Region
	}
	d.Protect(topic, model.Backup, means)
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

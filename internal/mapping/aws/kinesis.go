package aws

import (
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

const kinesis = "kinesis"

// declareStream maps a stream of Kinesis. It keeps what it receives for a day
// unless retention_period says more, and in three zones (provider documentation,
// version 6, aws_kinesis_stream; Kinesis Data Streams developer guide,
// "Resilience").
func declareStream(d *draft.Draft, r *resource.Resource) {
	a := begin(d, r, model.EventStream, kinesis, r.Attrs.Get("name"))
	if a == nil {
		return
	}
	zones := inPlace(a, r, "kinesis.zones", r.At)
	zones.Defaulted = true
	d.Protect(a, model.ZoneRedundancy, zones)
	d.Inapplicable(a, model.DeleteGuard, "Kinesis has no switch that keeps a stream from being deleted", r.At)
	days := numberOr(r, r.Attrs.Get("retention_period"), 24)
	if hours, known := days.Number(); known {
		days.Value = hours / 24
	}
	d.Set(a, "retention_days", days)
}

// delivery is one stream of Firehose: what it reads and where it writes.
type delivery struct {
	r      *resource.Resource
	stream *model.Asset
	source resource.Value
	// target is the block of the bucket; backup that of the bucket for what
	// arrived, before anything transforms it.
	target, backup resource.Value
	transforms     bool
}

// attachDelivery adds the data that Firehose moves into buckets.
func attachDelivery(d *draft.Draft, r *resource.Resource) {
	if r.Mode != resource.Managed {
		return
	}
	x := delivery{r: r, source: r.Attrs.Path("kinesis_source_configuration.kinesis_stream_arn")}
	x.stream = resolve(d, r, x.source, model.EventStream).one()
	x.target = r.Attrs.Path("extended_s3_configuration").Block()
	if redshiftTarget := r.Attrs.Path("redshift_configuration").Block(); x.target.IsAbsent() && !redshiftTarget.IsAbsent() {
		x.target = redshiftTarget.Path("s3_configuration").Block()
	}
	if x.target.IsAbsent() || x.target.IsUnknown() {
		return
	}
	processing, _ := x.target.Path("processing_configuration.enabled").AsBool()
	conversion := x.target.Path("data_format_conversion_configuration").Block()
	converts, written := conversion.Get("enabled").AsBool()
	x.transforms = processing || conversion.IsKnown() && !conversion.IsAbsent() && (converts || !written)
	if mode, _ := x.target.Get("s3_backup_mode").AsString(); mode == "Enabled" {
		x.backup = x.target.Path("s3_backup_configuration").Block()
	}
	x.add(d, "", x.target)
	if !x.backup.IsAbsent() {
		x.add(d, "/backup", x.backup)
	}
}

// add adds one flow. What a function or a conversion changes on its way is a data
// flow, unless Firehose keeps what arrived: s3_backup_mode is Disabled unless it
// is written (provider documentation, version 6,
// aws_kinesis_firehose_delivery_stream).
func (x delivery) add(d *draft.Draft, key string, bucket resource.Value) {
	arn := bucket.Get("bucket_arn")
	flow := model.Flow{
		ID: x.r.ID + key, Address: x.r.Address + key, Activity: "stream", Source: draft.Text(x.source), Sink: draft.Text(arn),
		Mode: model.KnownFact(string(model.IncrementalLoad), x.r.At), Write: model.KnownFact("new_file", x.r.At),
		Dated: datedObjects(bucket.Get("prefix")), Interval: model.AbsentFact(x.r.At), Triggers: []string{"event"}, At: x.r.At,
	}
	if key == "" && x.transforms && x.backup.IsAbsent() {
		flow.Activity = "data_flow"
	}
	if x.stream != nil {
		flow.From, flow.Source = x.stream.ID, namedAt(x.stream.Name, flow.Source)
	}
	to := resolve(d, x.r, bucketOnly(arn), model.ObjectStore).one()
	if to != nil {
		flow.To, flow.Sink = to.ID, namedAt(to.Name, flow.Sink)
	}
	d.AddFlow(flow)
	if key != "" || !x.transforms {
		x.keep(d, to, arn, bucket)
	}
}

// keep states the copy that untouched records in a bucket are of their stream.
// Firehose writes an object every five minutes unless it is told otherwise
// (provider documentation, version 6, aws_kinesis_firehose_delivery_stream:
// buffering_interval).
func (x delivery) keep(d *draft.Draft, to *model.Asset, arn, bucket resource.Value) {
	if x.stream == nil {
		return
	}
	seconds := numberOr(x.r, bucket.Get("buffering_interval"), 300)
	if number, known := seconds.Number(); known {
		seconds.Value = number / (60 * 60)
	}
	m := inPlace(x.stream, x.r, "firehose.delivery", where(x.r, arn))
	m.Interval, m.OtherRegion, m.OtherAccount, m.Locked = seconds, model.Maybe, model.Maybe, model.Maybe
	m.Region = model.UnknownFact("no scanned file declares the bucket", m.At)
	if to != nil {
		m.Region, m.Target = to.Region, to.ID
		m.OtherRegion, m.OtherAccount, m.Locked = not(sameRegion(x.stream, to)), accountsDiffer(d, to, x.r), model.No
	}
	protect(d, x.stream, x.r, model.Backup, m)
}

// namedAt is the name of what was found, at the place where it is named.
func namedAt(name, named model.Fact) model.Fact {
	name.At = named.At
	return name
}

// datedObjects says whether the names of objects hold a date: Firehose adds one
// unless the prefix has expressions of its own (Firehose developer guide, "Custom
// prefixes for Amazon S3 objects").
func datedObjects(prefix resource.Value) model.Fact {
	text, known := prefix.AsString()
	switch {
	case prefix.IsAbsent():
		return model.DefaultFact(true, prefix.At)
	case !known:
		return model.UnknownFact(unknownWhy(prefix, "prefix"), prefix.At)
	default:
		return model.KnownFact(!strings.Contains(text, "!{") || strings.Contains(text, "!{timestamp:"), prefix.At)
	}
}

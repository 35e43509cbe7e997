package azure

import (
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// capture writes what a stream receives into a container, file by file.
type capture struct {
	block, enabled attr
	// seconds is the time between two files.
	seconds            attr
	account, container attr
	// format names the files and the folders that they are in.
	format attr
	// key completes the ID of the flow where a stream has several.
	key string
}

// defaultCaptureSeconds is the interval without a word (azurerm documentation,
// eventhub: capture_description.interval_in_seconds, and iothub:
// endpoint.batch_frequency_in_seconds).
const defaultCaptureSeconds = 300.0

// stateCapture states the copy that a capture keeps of a stream, and the data that
// it moves.
func stateCapture(d *draft.Draft, r *resource.Resource, stream *model.Asset, c capture, on feature) {
	account := findAccount(d, r, accountIn(c.account))
	means := inPlace(stream, r, "stream.capture", on)
	means.Interval = scaled(draft.Or(draft.Number(c.seconds.Value), defaultCaptureSeconds), 1.0/3600)
	if on.state == model.Off {
		means.Why = "the capture is off: " + on.why
		protect(d, stream, r, model.Backup, means)
		return
	}
	to := account.asset
	if to == nil {
		means.Region, means.OtherRegion, means.OtherAccount = model.UnknownFact(account.why, account.at), model.Maybe, model.Maybe
	} else {
		means.Region, means.Target = to.Region, to.ID
		means.OtherRegion, means.OtherAccount = draft.OtherRegion(stream.Region, to.Region), otherSubscription(d, stream, to)
		d.Relate(stream, "backed_up_by", to, c.account.At)
	}
	protect(d, stream, r, model.Backup, means)
	d.AddFlow(captureFlow(d, stream, c, to, means.Interval))
}

// captureFlow is the data that a capture moves: every file is new, and holds what
// came since the last one.
func captureFlow(d *draft.Draft, stream *model.Asset, c capture, account *model.Asset, interval model.Fact) model.Flow {
	flow := model.Flow{
		ID: stream.ID + "/capture" + c.key, Address: stream.Address + "/capture" + c.key, Activity: "capture", Pipeline: stream.ID, From: stream.ID,
		Source: stream.Name, Sink: draft.Text(c.container.Value),
		Mode: model.KnownFact(string(model.IncrementalLoad), c.block.At), Write: model.KnownFact("new_file", c.block.At),
		Dated: dated(c), Interval: interval, Triggers: []string{"event"}, At: c.block.At,
	}
	if account == nil {
		return flow
	}
	flow.To = account.ID
	members := membersOf(d, resource.ListAt(c.container.At, c.container.Value))
	for _, container := range containersOf(d, account) {
		if held, _ := members.holds(container); held == model.Yes {
			flow.To = container.ID
		}
	}
	return flow
}

// dated says whether the name of a file has the day in it; the default has.
func dated(c capture) model.Fact {
	format, known := c.format.AsString()
	switch {
	case c.format.IsAbsent():
		return model.DefaultFact(true, c.format.At)
	case !known:
		return model.UnknownFact(unresolved(c.format), c.format.At)
	default:
		return model.KnownFact(strings.Contains(format, "{Day}") || strings.Contains(format, "{DD}"), c.format.At)
	}
}

// accountIn reduces an endpoint or a connection string to the account that it
// names. What is not readable leaves the resource that it refers to.
func accountIn(v attr) attr {
	text := idText(v)
	if _, rest, ok := strings.Cut(text, "AccountName="); ok {
		text, _, _ = strings.Cut(rest, ";")
	} else if rest, ok := strings.CutPrefix(text, "https://"); ok {
		text, _, _ = strings.Cut(rest, ".")
	} else if strings.HasPrefix(text, "/") || v.IsKnown() {
		return v
	}
	switch {
	case v.IsKnown():
		v.Text = text
	case text != "" && !strings.ContainsRune(text, resource.Hole):
		v.Value = resource.Value{State: resource.Known, Kind: resource.String, Text: text, At: v.At, Refs: v.Refs}
	default:
		v.Hint = ""
	}
	return v
}

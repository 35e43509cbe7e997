package recoverymap

import "io"

type nightDocument struct {
	Version  int               `json:"version"`
	Tool     toolDocument      `json:"tool"`
	Platform string            `json:"platform"`
	Fault    string            `json:"fault"`
	Chapters []chapterDocument `json:"chapters"`
	Unread   []unreadEntry     `json:"unread"`
}

type chapterDocument struct {
	Environment string          `json:"environment,omitempty"`
	Region      string          `json:"region,omitempty"`
	Hit         []string        `json:"hit"`
	Events      []eventDocument `json:"events"`
}

type eventDocument struct {
	Happening string       `json:"happening"`
	Group     string       `json:"group"`
	Assets    []string     `json:"assets"`
	From      []string     `json:"from,omitempty"`
	Text      string       `json:"text"`
	Settle    string       `json:"settled_by,omitempty"`
	Answer    cellDocument `json:"answer"`
}

// NightJSON writes the story with its figures.
func NightJSON(w io.Writer, n *Night, _ Options) error {
	s := shaper{n.Sources}
	d := nightDocument{
		Version: documentVersion, Tool: toolDocument{"drlint", n.Version}, Platform: n.Platform, Fault: string(n.Fault),
		Chapters: []chapterDocument{}, Unread: s.unread(n.Atlas),
	}
	for _, c := range n.Chapters {
		chapter := chapterDocument{Environment: c.Map.Environment, Region: c.Region, Hit: identities(c.Hit), Events: []eventDocument{}}
		for _, e := range c.Events {
			chapter.Events = append(chapter.Events, eventDocument{
				Happening: string(e.Happening), Group: e.Group.Name, Assets: identities(e.Rows), From: identities(e.From),
				Text: e.sentence(), Settle: e.Settle, Answer: s.cell(e.Cell),
			})
		}
		d.Chapters = append(d.Chapters, chapter)
	}
	return encode(w, d)
}

func identities(rows []*Row) (ids []string) {
	for _, row := range rows {
		ids = append(ids, row.Asset.ID)
	}
	return ids
}

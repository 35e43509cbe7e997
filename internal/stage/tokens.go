package stage

import (
	"strings"
	"unicode"

	"github.com/drlint/drlint/internal/model"
)

// words maps a whole token of a name to the stage it stands for, whatever
// carries the name. Sources: the medallion, landing-zone and lake conventions
// that public data platforms use. Tokens with several meanings (staging, work,
// lab, model, stage) are left out: they would be a guess.
var words = map[string]model.Stage{
	"raw": model.Raw, "rawdata": model.Raw, "rawzone": model.Raw, "landing": model.Raw, "lnd": model.Raw, "bronze": model.Raw,
	"enriched": model.Enriched, "cleansed": model.Enriched, "cleaned": model.Enriched, "silver": model.Enriched,
	"standardized": model.Enriched, "standardised": model.Enriched, "conformed": model.Enriched, "interim": model.Enriched,
	"curated": model.Curated, "gold": model.Curated, "trusted": model.Curated,
	"presentation": model.Presentation, "datamart": model.Presentation, "mart": model.Presentation, "marts": model.Presentation,
	"dwh": model.Presentation, "edw": model.Presentation, "warehouse": model.Presentation, "datawarehouse": model.Presentation,
	"featurestore": model.Modeled, "mlflow": model.Modeled,
	"sandbox": model.Sandbox, "sbx": model.Sandbox, "playground": model.Sandbox, "scratch": model.Sandbox, "adhoc": model.Sandbox,
	"archive": model.Archive, "bkp": model.Archive, "backup": model.Archive, "backups": model.Archive,
}

// containerWords hold only for the name of a container, folder, database or
// schema: in the name of an account they mean a system, not its data.
var containerWords = map[string]model.Stage{
	"ingest": model.Raw, "ingestion": model.Raw, "inbound": model.Raw, "drop": model.Raw, "collect": model.Raw,
	"clean": model.Enriched, "cleanse": model.Enriched, "refined": model.Enriched, "std": model.Enriched,
	"consumption": model.Presentation, "consume": model.Presentation, "serving": model.Presentation, "serve": model.Presentation,
	"publish": model.Presentation, "semantic": model.Presentation, "dw": model.Presentation,
	"models": model.Modeled, "features": model.Modeled,
	"tmp": model.Ingest, "temp": model.Ingest, "polybase": model.Ingest, "checkpoint": model.Ingest, "checkpoints": model.Ingest,
	"cache": model.Cache, "explore": model.Sandbox, "experiments": model.Sandbox,
}

// affixes are the tokens that may stand unseparated at the end or the start of
// a storage account's name, which allows no separators. Tokens that end common
// words (mart in smart, gold in marigold) are not among them.
var affixes = []string{"rawdata", "raw", "bronze", "landing", "enriched", "cleansed", "silver", "curated", "sandbox", "datamart"}

// joint names two stages at once.
var joint = map[string][]model.Stage{"encur": {model.Enriched, model.Curated}}

// notStages are words that change the meaning of the token before them: a
// landing zone is a subscription, what monitors ingestion holds none of its data.
var notStages = map[string]string{"landing": "zone", "ingestion": "monitoring"}

// stagesOf returns the stages that the tokens of a name stand for, each once,
// with the token that says so.
func stagesOf(name string, container bool) (found []match) {
	tokens := split(name)
	for i, token := range tokens {
		if i+1 < len(tokens) && notStages[token] == tokens[i+1] && notStages[token] != "" {
			continue
		}
		for _, stage := range joint[token] {
			found = add(found, match{stage, token})
		}
		if stage, ok := words[token]; ok {
			found = add(found, match{stage, token})
		} else if stage, ok := containerWords[token]; ok && container {
			found = add(found, match{stage, token})
		}
	}
	return found
}

// NamesLake reports whether a name calls its store a data lake, whatever part of
// one it holds.
func NamesLake(name string) bool {
	tokens := split(name)
	for i, token := range tokens {
		if token == "datalake" || token == "lakehouse" || token == "lake" && i > 0 && tokens[i-1] == "data" {
			return true
		}
	}
	return false
}

type match struct {
	stage model.Stage
	token string
}

func add(found []match, m match) []match {
	for _, have := range found {
		if have.stage == m.stage {
			return found
		}
	}
	return append(found, m)
}

// affixOf returns the stage that an unseparated account name starts or ends
// with, digits and an environment at the end aside: "stlakerawdev01".
func affixOf(name string) (match, bool) {
	name = Bare(name)
	for _, affix := range affixes {
		if rest, ok := strings.CutSuffix(name, affix); ok && !endsWord(rest, affix) {
			return match{words[affix], affix}, true
		}
		if strings.HasPrefix(name, affix) && affix != "raw" {
			return match{words[affix], affix}, true
		}
	}
	return match{}, false
}

// Bare is the name of a storage account without digits and an environment at its
// end, in lower case.
func Bare(name string) string {
	name = strings.TrimRight(strings.ToLower(name), "0123456789")
	for _, environment := range []string{"dev", "test", "tst", "uat", "prod", "prd"} {
		if trimmed := strings.TrimSuffix(name, environment); trimmed != "" {
			name = trimmed
		}
	}
	return name
}

// endsWord reports whether the letters before an affix make it the end of
// another word: "draw", "withdraw".
func endsWord(rest, affix string) bool {
	return affix == "raw" && (strings.HasSuffix(rest, "d") && !strings.HasSuffix(rest, "std"))
}

// split lowers a name and cuts it into tokens at separators, at holes of names
// that are partly unknown, and where camel case begins a word.
func split(name string) []string {
	var tokens []string
	var token strings.Builder
	flush := func() {
		if token.Len() > 0 {
			tokens = append(tokens, strings.ToLower(token.String()))
			token.Reset()
		}
	}
	var previous rune
	for _, r := range name {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			flush()
		case unicode.IsUpper(r) && unicode.IsLower(previous):
			flush()
			token.WriteRune(r)
		default:
			token.WriteRune(r)
		}
		previous = r
	}
	flush()
	return trimDigits(tokens)
}

// trimDigits lets "raw01" and "01raw" count as "raw".
func trimDigits(tokens []string) []string {
	for i, token := range tokens {
		if trimmed := strings.Trim(token, "0123456789"); trimmed != "" {
			tokens[i] = trimmed
		}
	}
	return tokens
}

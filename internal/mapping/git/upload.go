package git

import (
	"path"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
	"github.com/drlint/drlint/internal/syntax/shell"
)

// uploaded reads the commands that copy files into object storage.
func (j *job) uploaded(c shell.Command) {
	var u upload
	var ok bool
	switch c.Name() {
	case "aws":
		u, ok = awsUpload(c)
	case "az":
		u, ok = azUpload(c)
	case "azcopy":
		u, ok = azcopyUpload(c)
	case "gsutil", "gcloud":
		u, ok = googleUpload(c)
	case "rclone":
		u, ok = rcloneUpload(c)
	case "s3cmd":
		u, ok = s3cmdUpload(c)
	}
	if ok {
		u.at, u.via = c.At, slices.Concat(j.via, c.Via)
		j.uploads = append(j.uploads, u)
	}
}

// arguments splits a command into operands and options. valued are the options
// whose value is the next word.
func arguments(words []shell.Word, valued ...string) (operands []shell.Word, options map[string]shell.Word) {
	options = map[string]shell.Word{}
	for i := 0; i < len(words); i++ {
		text := words[i].Readable()
		if !strings.HasPrefix(text, "-") {
			operands = append(operands, words[i])
			continue
		}
		name, value, joined := strings.Cut(text, "=")
		word := words[i]
		switch {
		case joined && word.Known:
			word.Text = value
		case joined:
			word.Hint = value
		case slices.Contains(valued, name) && i+1 < len(words):
			i++
			word = words[i]
		}
		options[name] = word
	}
	return operands, options
}

// twoEnds takes the last two operands of a copy.
func twoEnds(operands []shell.Word, scheme string) (u upload, ok bool) {
	if len(operands) < 2 {
		return upload{}, false
	}
	u.from, u.to = operands[len(operands)-2], operands[len(operands)-1]
	text := u.to.Readable()
	rest, found := strings.CutPrefix(text, scheme)
	if !found && u.to.Known || found == strings.HasPrefix(u.from.Readable(), scheme) {
		return upload{}, false
	}
	bucket, _, _ := strings.Cut(rest, "/")
	u.store = part(u.to, bucket)
	return u, true
}

// part is a piece of a word; a piece without a hole is known by itself.
func part(w shell.Word, text string) shell.Word {
	if strings.Contains(text, hole) {
		w.Known, w.Text, w.Hint = false, "", text
		return w
	}
	return shell.Word{Text: text, Known: true, At: w.At, Origin: w.Origin}
}

// awsUpload reads aws s3 cp, mv and sync and aws s3api put-object.
func awsUpload(c shell.Command) (upload, bool) {
	operands, options := arguments(c.Words[1:], "--profile", "--region", "--storage-class", "--sse", "--sse-kms-key-id",
		"--acl", "--exclude", "--include", "--endpoint-url", "--bucket", "--key", "--body", "--expected-size", "--output", "--metadata")
	if len(operands) < 2 {
		return upload{}, false
	}
	switch operands[0].Readable() + " " + operands[1].Readable() {
	case "s3 cp", "s3 mv", "s3 sync":
		u, ok := twoEnds(operands[2:], "s3://")
		u.service, u.provider, u.removes = "amazonaws.com", "aws", options["--delete"]
		return u, ok
	case "s3api put-object":
		u := upload{from: options["--body"], to: options["--key"], store: options["--bucket"], service: "amazonaws.com", provider: "aws"}
		return u, u.from.Readable() != "" && u.store.Readable() != ""
	}
	return upload{}, false
}

// azUpload reads az storage blob upload, upload-batch and sync.
func azUpload(c shell.Command) (upload, bool) {
	operands, options := arguments(c.Words[1:], "--account-name", "--account-key", "--container-name", "-c", "--name", "-n",
		"--file", "-f", "--source", "-s", "--destination", "-d", "--auth-mode", "--connection-string", "--sas-token", "--subscription", "--destination-path", "--pattern")
	if len(operands) < 3 || operands[0].Readable() != "storage" || operands[1].Readable() != "blob" {
		return upload{}, false
	}
	u := upload{service: "blob.core.windows.net", provider: "azure", store: options["--account-name"]}
	first := func(names ...string) shell.Word {
		for _, name := range names {
			if word, found := options[name]; found {
				return word
			}
		}
		return shell.Word{}
	}
	u.container = first("--container-name", "-c", "--destination", "-d")
	switch operands[2].Readable() {
	case "upload":
		u.from, u.to = first("--file", "-f"), first("--name", "-n")
	case "upload-batch":
		u.from, u.to = first("--source", "-s"), first("--destination-path")
	case "sync":
		u.from, u.to = first("--source", "-s"), first("--destination", "-d")
		if option, found := options["--delete-destination"]; found && option.Readable() == "true" {
			u.removes = option
		}
	default:
		return upload{}, false
	}
	if u.to.Readable() == "" {
		u.to = u.from
	}
	return u, u.from.Readable() != ""
}

// azcopyUpload reads azcopy copy and sync to https://ACCOUNT.blob.…/CONTAINER/….
func azcopyUpload(c shell.Command) (upload, bool) {
	operands, options := arguments(c.Words[1:])
	if len(operands) < 3 || !slices.Contains([]string{"copy", "cp", "sync"}, operands[0].Readable()) {
		return upload{}, false
	}
	u, ok := twoEnds(operands[1:], "https://")
	u.service, u.provider = "blob.core.windows.net", "azure"
	account, _, _ := strings.Cut(u.store.Readable(), ".")
	u.store = part(u.to, account)
	if pieces := strings.Split(u.to.Readable(), "/"); len(pieces) > 3 {
		name, _, _ := strings.Cut(pieces[3], "?")
		u.container = part(u.to, name)
	}
	if option, found := options["--delete-destination"]; found && option.Readable() == "true" {
		u.removes = option
	}
	return u, ok
}

// googleUpload reads gsutil cp, mv and rsync and gcloud storage cp, mv and rsync.
func googleUpload(c shell.Command) (upload, bool) {
	operands, options := arguments(c.Words[1:], "-h", "-o", "--project", "--account", "--impersonate-service-account")
	gcloud := c.Name() == "gcloud"
	if gcloud {
		if len(operands) == 0 || operands[0].Readable() != "storage" {
			return upload{}, false
		}
		operands = operands[1:]
	}
	if len(operands) < 3 || !slices.Contains([]string{"cp", "mv", "rsync"}, operands[0].Readable()) {
		return upload{}, false
	}
	u, ok := twoEnds(operands[1:], "gs://")
	u.service, u.provider = "storage.googleapis.com", "google"
	removal := "-d"
	if gcloud {
		removal = "--delete-unmatched-destination-objects"
	}
	u.removes = options[removal]
	return u, ok
}

// rcloneUpload reads rclone copy, copyto, move and sync. Remotes are configured
// elsewhere, so the service behind one is not known.
func rcloneUpload(c shell.Command) (upload, bool) {
	operands, _ := arguments(c.Words[1:], "--config", "--transfers", "--checkers")
	if len(operands) < 3 || !slices.Contains([]string{"copy", "copyto", "move", "sync"}, operands[0].Readable()) {
		return upload{}, false
	}
	u := upload{from: operands[1], to: operands[2], service: "", store: operands[2]}
	if operands[0].Readable() == "sync" {
		u.removes = operands[0]
	}
	return u, strings.Contains(u.to.Readable(), ":")
}

// s3cmdUpload reads s3cmd put and sync.
func s3cmdUpload(c shell.Command) (upload, bool) {
	operands, options := arguments(c.Words[1:], "-c", "--config", "--host", "--host-bucket", "--access_key", "--secret_key")
	if len(operands) < 3 || !slices.Contains([]string{"put", "sync"}, operands[0].Readable()) {
		return upload{}, false
	}
	u, ok := twoEnds(operands[1:], "s3://")
	u.service, u.provider, u.removes = "amazonaws.com", "aws", options["--delete-removed"]
	return u, ok
}

// uploadAction reads the task of Azure Pipelines for uploads (AzureFileCopy:
// SourcePath, storage, ContainerName, BlobPrefix) and the action that Google
// offers (google-github-actions/upload-cloud-storage README: path, destination).
func (j *job) uploadAction(s step) {
	switch s.action {
	case "azurefilecopy":
		j.fileCopy(s)
		return
	case "google-github-actions/upload-cloud-storage":
	default:
		return
	}
	from, to := s.with.Get("path"), shell.WordOf(s.with.Get("destination"))
	bucket, _, _ := strings.Cut(to.Readable(), "/")
	j.uploads = append(j.uploads, upload{
		from: shell.WordOf(from), to: to, store: part(to, bucket), service: "storage.googleapis.com", provider: "google", at: s.at, via: s.via,
	})
}

func (j *job) fileCopy(s step) {
	i := inputsOf{s}
	if !i.is("Destination", "", "azureblob") {
		return
	}
	u := upload{
		from: i.word("SourcePath"), service: "blob.core.windows.net", provider: "azure",
		store: i.word("storage", "StorageAccountRM"), container: i.word("ContainerName"), at: s.at, via: s.via,
	}
	u.to = u.from
	if prefix := i.word("BlobPrefix"); !prefix.At.IsZero() {
		u.to = part(prefix, prefix.Readable()+"/"+path.Base(u.from.Readable()))
	}
	if cleaned := i.word("CleanTargetBeforeCopy"); cleaned.Readable() == "true" {
		u.removes = cleaned
	}
	j.uploads = append(j.uploads, u)
}

// storeOf finds the bucket or container that an upload goes to.
func (j *job) storeOf(u upload) *model.Asset {
	if u.provider == "" {
		return nil
	}
	store := j.named(u.store, u.provider, model.ObjectStore)
	if u.provider != "azure" || u.container.Readable() == "" {
		return store
	}
	inner := j.named(u.container, u.provider, model.Container)
	if inner == nil || store != nil && inner.Within != store.ID {
		return store
	}
	return inner
}

func (j *job) named(w shell.Word, provider string, kind model.Kind) *model.Asset {
	if !w.Known || w.Text == "" {
		return nil
	}
	match := j.draft.Find(resource.StringAt(w.At, w.Text), j.flow.r.Root, provider, kind)
	if !match.Resolved() {
		return nil
	}
	return match.Assets[0]
}

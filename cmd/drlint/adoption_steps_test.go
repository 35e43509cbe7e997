package main

import "strings"

// adoptionSteps are what happens to a repository in a few weeks. Most of it is
// nobody's trouble.
func adoptionSteps() []adoptionStep {
	const store, address = "adopted/lake.tf", "aws_s3_bucket.landing_raw"
	exposed := "raw/not-replicated " + store + " " + address
	return []adoptionStep{
		{name: "Explain a store", edit: (*adoption).comment},
		{name: "Move a block to the end of its file", edit: (*adoption).sink},
		{name: "Turn a file around", edit: (*adoption).reverse},
		{name: "Indent with tabs and end lines as Windows does", edit: (*adoption).reformat},
		{name: "Move a block to another file", edit: (*adoption).moveBlock, note: "of the baseline name"},
		{name: "Write the baseline anew", edit: (*adoption).renew},
		{name: "Rename a file", edit: (*adoption).renameFile},
		{name: "Rename a directory", edit: (*adoption).renameDirectory},
		{name: "Write the baseline anew after renaming", edit: (*adoption).renew},
		{name: "Rename the call of a module", edit: (*adoption).renameCall},
		{name: "Add an environment in which nothing differs", edit: (*adoption).addEnvironment},
		{name: "Add a store with everything", edit: writes(store, adoptedStore, "adopted/replication.tf", adoptedReplication, "adopted/.gitignore", "!*.tfvars\n")},
		{name: "Add a store that is not replicated", edit: writes("adopted/events.tf", adoptedEvents),
			want: []string{"raw/not-replicated adopted/events.tf aws_s3_bucket.events_raw"}},
		{name: "Take it back", edit: removes("adopted/events.tf")},
		{name: "Replicate only in production", edit: writes("adopted/replication.tf", strings.Replace(adoptedReplication, "  bucket", "  count  = var.environment == \"prod\" ? 1 : 0\n  bucket", 1),
			"adopted/variables.tf", "variable \"environment\" {\n  default = \"prod\"\n}\n")},
		{name: "Add an environment without replication", edit: writes("adopted/staging.tfvars", "environment = \"staging\"\n"), want: []string{exposed}},
		{name: "Remove it", edit: removes("adopted/staging.tfvars")},
		{name: "Delete a protection in another file", edit: removes("adopted/replication.tf"), want: []string{exposed}},
		{name: "Accept that with a reason", edit: writes(store, adoptedIgnore+adoptedStore)},
		{name: "Let the day pass until which that holds",
			edit: writes(store, strings.Replace(adoptedIgnore, "2999", "2020", 1)+adoptedStore),
			want: []string{"ignore/expired " + store, exposed}},
		{name: "Replicate, and forget the comment", edit: writes(store, adoptedIgnore+adoptedStore, "adopted/replication.tf", adoptedReplication),
			want: []string{"ignore/unused " + store}},
		{name: "Remove the comment", edit: writes(store, adoptedStore)},
		{name: "Say that one more store holds no raw data", edit: (*adoption).declareStage},
		{name: "Take back what was said", edit: (*adoption).forgetStage,
			want: []string{"raw/not-replicated adopted/events.tf aws_s3_bucket.events_raw"}},
		{name: "Take that store away", edit: removes("adopted/events.tf")},
		{name: "Remedy something old", edit: (*adoption).remedy, note: "the baseline"},
		{name: "Remove what is remedied from the baseline", edit: (*adoption).renew},
		{name: "Put the old trouble back", edit: (*adoption).relapse},
	}
}

const adoptedIgnore = "# drlint:ignore raw/not-replicated until=2999-12-31 reason=\"the source keeps everything\"\n"

const adoptedStore = `resource "aws_s3_bucket" "landing_raw" {
  bucket = "acme-landing-raw"
}

resource "aws_s3_bucket_versioning" "landing_raw" {
  bucket = aws_s3_bucket.landing_raw.id
  versioning_configuration {
    status = "Enabled"
  }
}

terraform {
  backend "s3" {
    bucket = "acme-state-of-another-account"
    key    = "adopted"
    region = "eu-west-1"
  }
}

provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "dr"
  region = "eu-central-1"
}

resource "aws_s3_bucket" "copy" {
  provider = aws.dr
  bucket   = "acme-elsewhere"
}

resource "aws_s3_bucket_versioning" "copy" {
  provider = aws.dr
  bucket   = aws_s3_bucket.copy.id
  versioning_configuration {
    status = "Enabled"
  }
}
`

const adoptedReplication = `resource "aws_s3_bucket_replication_configuration" "landing_raw" {
  bucket = aws_s3_bucket.landing_raw.id
  role   = "arn:aws:iam::123456789012:role/replication"
  rule {
    status = "Enabled"
    filter {}
    delete_marker_replication {
      status = "Disabled"
    }
    destination {
      bucket = aws_s3_bucket.copy.arn
    }
  }
}
`

const adoptedEvents = `resource "aws_s3_bucket" "events_raw" {
  bucket = "acme-events-raw"
}

resource "aws_s3_bucket_versioning" "events_raw" {
  bucket = aws_s3_bucket.events_raw.id
  versioning_configuration {
    status = "Enabled"
  }
}
`

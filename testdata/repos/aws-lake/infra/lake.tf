resource "aws_s3_bucket" "raw" {
  bucket = "acme-lake-raw"
}

resource "aws_s3_bucket_versioning" "raw" {
  bucket = aws_s3_bucket.raw.id
  versioning_configuration {
    status = "Suspended"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "raw" {
  bucket = aws_s3_bucket.raw.id
  rule {
    id     = "expire"
    status = "Enabled"
    filter {}
    expiration {
      days = 5
    }
  }
}

resource "aws_s3_bucket" "events" {
  bucket = "acme-lake-events"
  tags = {
    data-stage = "raw"
    backup     = "daily"
  }
}

resource "aws_s3_bucket_versioning" "events" {
  bucket = aws_s3_bucket.events.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_replication_configuration" "events" {
  depends_on = [aws_s3_bucket_versioning.events]
  bucket     = aws_s3_bucket.events.id
  role       = aws_iam_role.replication.arn

  rule {
    id     = "all"
    status = "Enabled"
    filter {}
    delete_marker_replication {
      status = "Enabled"
    }
    destination {
      bucket = aws_s3_bucket.events_copy.arn
    }
  }
}

resource "aws_s3_bucket" "events_copy" {
  provider = aws.recovery
  bucket   = "acme-lake-events-copy"
}

resource "aws_s3_bucket_versioning" "events_copy" {
  provider = aws.recovery
  bucket   = aws_s3_bucket.events_copy.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket" "curated" {
  bucket = "acme-lake-curated"
  tags   = { backup = "daily" }
}

resource "aws_iam_role" "replication" {
  name               = "s3-replication"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}

package aws

import (
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// subject is an asset that AWS Backup can back up.
type subject struct {
	asset    *model.Asset
	resource *resource.Resource
	account  account
	// service is the name in the opt-in settings of a region.
	service string
	// sharedType is set for clusters: Aurora, Neptune and DocumentDB share one
	// ARN format with RDS, so naming it does not replace the opt-in.
	sharedType bool
	// continuous is set where AWS Backup can restore to a point in time.
	continuous bool
	// arn is the ARN with holes for what is not known. The partition is always
	// "aws": patterns are compared without it.
	arn  string
	open gaps // of the ARN
	tags [2]resource.Value
}

// tag returns one tag of the subject as the provider merges them: known, absent,
// or unknown when the tags cannot be read in full.
func (s *subject) tag(key string) resource.Value {
	for _, tags := range s.tags {
		if value := tags.Get(key); !value.IsAbsent() {
			return value
		}
	}
	return resource.Value{At: s.resource.At}
}

// subjects returns what AWS Backup can back up in the whole scan.
func subjects(d *draft.Draft) []*subject {
	type key struct{}
	return draft.Once(d, key{}, func() (found []*subject) {
		for _, kind := range []model.Kind{model.ObjectStore, model.Database, model.Table} {
			for _, a := range d.OfKind(kind) {
				if a.Provider != provider {
					continue
				}
				if s := subjectOf(d, a); s != nil {
					s.open, s.tags = gapsOf(s.arn), tagsOf(s.resource)
					found = append(found, s)
				}
			}
		}
		return found
	})
}

// subjectOf returns nil for what AWS Backup does not cover here. Services and
// continuous backups: AWS Backup developer guide, "Feature availability by resource".
func subjectOf(d *draft.Draft, a *model.Asset) *subject {
	r := resourceOf(d, a)
	if r == nil {
		return nil
	}
	s := &subject{asset: a, resource: r, account: accountOf(r)}
	name := a.Name.Text()
	if name == "" {
		name = a.NameHint
	}
	if name == "" {
		name = string(resource.Hole)
	}
	switch a.Type {
	case "aws_s3_bucket":
		s.service, s.continuous, s.arn = "S3", true, "arn:aws:s3:::"+name
		return s
	case "aws_db_instance":
		s.service, s.continuous, s.arn = "RDS", true, "db:"+name
	case "aws_rds_cluster":
		s.service, s.continuous, s.arn = "RDS", true, "cluster:"+name
		if isAurora(r) {
			s.service, s.sharedType = "Aurora", true
		}
	case "aws_docdb_cluster":
		s.service, s.sharedType, s.arn = "DocumentDB", true, "cluster:"+name
	case "aws_neptune_cluster":
		s.service, s.sharedType, s.arn = "Neptune", true, "cluster:"+name
	case "aws_dynamodb_table":
		s.service, s.arn = "DynamoDB", "table/"+name
	case "aws_redshift_cluster":
		s.service, s.arn = "Redshift", "cluster:"+name
	case "aws_redshiftserverless_namespace":
		// The ARN ends in an ID that the service makes up.
		s.service, s.arn = "Redshift Serverless", "namespace/"+string(resource.Hole)
	default:
		return nil
	}
	s.arn = regionalARN(s) + s.arn
	return s
}

func regionalARN(s *subject) string {
	service, region, id := "rds", s.asset.Region.Text(), s.account.id
	switch s.service {
	case "DynamoDB", "Redshift", "Redshift Serverless":
		service = strings.ReplaceAll(strings.ToLower(s.service), " ", "-")
	}
	if region == "" {
		region = string(resource.Hole)
	}
	if id == "" {
		id = string(resource.Hole)
	}
	return strings.Join([]string{"arn", "aws", service, region, id, ""}, ":")
}

package aws

import (
	"maps"
	"slices"
	"strings"

	"github.com/drlint/drlint/internal/mapping/draft"
	"github.com/drlint/drlint/internal/model"
	"github.com/drlint/drlint/internal/resource"
)

// usesOf lists, by resource type, the arguments that name a store.
var usesOf = map[string]draft.Uses{
	"aws_s3_bucket":                         {"logging.target_bucket": draft.PurposeLogs},
	"aws_s3_bucket_logging":                 {"target_bucket": draft.PurposeLogs},
	"aws_cloudtrail":                        {"s3_bucket_name": draft.PurposeLogs},
	"aws_lb":                                {"access_logs.bucket": draft.PurposeLogs, "connection_logs.bucket": draft.PurposeLogs},
	"aws_alb":                               {"access_logs.bucket": draft.PurposeLogs},
	"aws_elb":                               {"access_logs.bucket": draft.PurposeLogs},
	"aws_flow_log":                          {"log_destination": draft.PurposeLogs},
	"aws_config_delivery_channel":           {"s3_bucket_name": draft.PurposeLogs},
	"aws_redshift_logging":                  {"bucket_name": draft.PurposeLogs},
	"aws_route53_resolver_query_log_config": {"destination_arn": draft.PurposeLogs},
	"aws_wafv2_web_acl_logging_configuration": {"log_destination_configs": draft.PurposeLogs},
	"aws_cloudfront_distribution":             {"logging_config.bucket": draft.PurposeLogs, "origin.domain_name": draft.PurposeSite},
	"aws_s3_bucket_website_configuration":     {"bucket": draft.PurposeSite},
	"aws_codepipeline":                        {"artifact_store.location": draft.PurposeArtifacts},
	"aws_codebuild_project": {
		"artifacts.location": draft.PurposeArtifacts, "cache.location": draft.PurposeArtifacts, "logs_config.s3_logs.location": draft.PurposeLogs,
	},
	"aws_lambda_function":                       {"s3_bucket": draft.PurposeArtifacts},
	"aws_lambda_layer_version":                  {"s3_bucket": draft.PurposeArtifacts},
	"aws_elastic_beanstalk_application_version": {"bucket": draft.PurposeArtifacts},
	"aws_globalaccelerator_accelerator":         {"attributes.flow_logs_s3_bucket": draft.PurposeLogs},
	"aws_guardduty_publishing_destination":      {"destination_arn": draft.PurposeLogs},
	"aws_msk_cluster":                           {"logging_info.broker_logs.s3.bucket": draft.PurposeLogs},
	"terraform_backend":                         {"bucket": draft.PurposeState, "dynamodb_table": draft.PurposeLock},
}

func purposeTypes() []string { return slices.Sorted(maps.Keys(usesOf)) }

// attachPurpose records what a store is for.
func attachPurpose(d *draft.Draft, r *resource.Resource) {
	uses := usesOf[r.Type]
	for _, path := range uses.Paths() {
		for _, v := range arguments(r.Attrs, path) {
			kind := model.ObjectStore
			if uses[path] == draft.PurposeLock {
				kind = model.Table
			}
			if a := resolve(d, r, bucketOnly(v), kind).one(); a != nil {
				d.SetPurpose(a, uses[path], v.At)
			}
		}
	}
	if a := d.Asset(r.ID); a != nil && !r.Attrs.Get("website").Block().IsAbsent() {
		d.SetPurpose(a, draft.PurposeSite, r.Attrs.Get("website").At)
	}
}

// bucketOnly reduces what services accept for a bucket to its name: an ARN with
// a path ("arn:aws:s3:::lake/logs"), a host name ("lake.s3.amazonaws.com").
func bucketOnly(v resource.Value) resource.Value {
	text, known := v.AsString()
	if !known {
		return v
	}
	if arnPart(text, arnService) == "s3" {
		text = arnPart(text, arnResource)
	}
	text, _, _ = strings.Cut(text, "/")
	for _, host := range []string{".s3.", ".s3-"} {
		text, _, _ = strings.Cut(text, host)
	}
	v.Kind, v.Text = resource.String, text
	return v
}

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
  backend "s3" {
    bucket = "acme-terraform-state"
    key    = "lake/terraform.tfstate"
    region = "eu-central-1"
  }
}

provider "aws" {
  region = "eu-central-1"
  default_tags {
    tags = { team = "data" }
  }
}

provider "aws" {
  alias  = "recovery"
  region = "eu-west-1"
}

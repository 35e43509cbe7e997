variable "environment" {
  type    = string
  default = "prod"
}

variable "location" {
  type    = string
  default = "westeurope"
}

variable "landing_replication" {
  description = "How the landing account is replicated; set in the deployment."
  type        = string
}

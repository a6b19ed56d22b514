variable "region" {
  description = "Region of the source bucket."
  type        = string
  default     = "eu-west-1"
}

variable "project" {
  description = "Id of the Google Cloud project of the destination bucket."
  type        = string
}

variable "source_bucket" {
  description = "Bucket of S3 that is read."
  type        = string
  default     = "acme-dev-media"
}

variable "destination_bucket" {
  description = "Bucket of Cloud Storage that is written; with uniform bucket-level access."
  type        = string
  default     = "acme-prod-media"
}

variable "cluster_oidc_provider_arn" {
  description = "IAM OIDC provider of the EKS cluster."
  type        = string
}

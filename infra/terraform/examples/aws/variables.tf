variable "region" {
  description = "Region of both buckets."
  type        = string
  default     = "eu-west-1"
}

variable "cluster_oidc_provider_arn" {
  description = "IAM OIDC provider of the EKS cluster."
  type        = string
}

variable "github_oidc_provider_arn" {
  description = "IAM OIDC provider of token.actions.githubusercontent.com."
  type        = string
}

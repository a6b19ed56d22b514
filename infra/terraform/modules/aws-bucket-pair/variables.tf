variable "source_bucket" {
  description = "Name of the bucket that is read, such as acme-dev-media."
  type        = string
}

variable "destination_bucket" {
  description = "Name of the bucket that is written, such as acme-prod-media."
  type        = string
}

variable "partition" {
  description = "AWS partition of the buckets: aws, aws-cn or aws-us-gov."
  type        = string
  default     = "aws"
}

variable "source_kms_key_arn" {
  description = "Key of KMS that new objects of the source are encrypted with; null is S3's own key (SSE-S3)."
  type        = string
  default     = null
}

variable "destination_kms_key_arn" {
  description = "Key of KMS that new objects of the destination are encrypted with; null is S3's own key (SSE-S3)."
  type        = string
  default     = null
}

variable "keep_old_versions_days" {
  description = "How long the destination keeps what was overwritten or deleted."
  type        = number
  default     = 30

  validation {
    condition     = var.keep_old_versions_days >= 1
    error_message = "Old versions are what an overwrite or a delete is undone with: keep them for a day at least."
  }
}

variable "control_prefix" {
  description = "Where jobs keep their own objects in the destination; conditional_writers write there as they need."
  type        = string
  default     = ".replicator/"
}

variable "conditional_writers" {
  description = "ARNs of roles that may write to the destination only under If-None-Match or If-Match, and delete only under If-Match; the control prefix apart."
  type        = list(string)
  default     = []
}

variable "tags" {
  description = "Tags of both buckets."
  type        = map(string)
  default     = {}
}

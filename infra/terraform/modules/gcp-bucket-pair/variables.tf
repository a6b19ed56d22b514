variable "project" {
  description = "Project of both buckets."
  type        = string
}

variable "location" {
  description = "Location of both buckets, such as EUROPE-WEST1; between two locations the service copies in several calls."
  type        = string
}

variable "source_bucket" {
  description = "Name of the bucket that is read, such as acme-dev-media."
  type        = string
}

variable "destination_bucket" {
  description = "Name of the bucket that is written, such as acme-prod-media."
  type        = string
}

variable "undo_days" {
  description = "How long the destination keeps what was overwritten or deleted (soft delete): 7 to 90 days."
  type        = number
  default     = 7
}

variable "old_versions" {
  description = "How many noncurrent versions of an object the destination keeps."
  type        = number
  default     = 3
}

variable "kms_key" {
  description = "Key of Cloud KMS (projects/…/cryptoKeys/…) that new objects are encrypted with; null is Google's own."
  type        = string
  default     = null
}

variable "labels" {
  description = "Labels of both buckets."
  type        = map(string)
  default     = {}
}

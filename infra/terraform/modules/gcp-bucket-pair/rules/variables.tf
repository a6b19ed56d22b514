variable "source_bucket" {
  description = "Name of the bucket that is read."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9_-]{1,61}[a-z0-9]$", var.source_bucket)) && !can(regex("^goog|google|g00gle", var.source_bucket))
    error_message = "A bucket's name has 3 to 63 lower-case letters, digits, hyphens and underscores, and nothing of Google's. (Names with dots are domains that have to be proven.)"
  }
}

variable "destination_bucket" {
  description = "Name of the bucket that is written."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9_-]{1,61}[a-z0-9]$", var.destination_bucket)) && !can(regex("^goog|google|g00gle", var.destination_bucket))
    error_message = "A bucket's name has 3 to 63 lower-case letters, digits, hyphens and underscores, and nothing of Google's. (Names with dots are domains that have to be proven.)"
  }

  validation {
    condition     = var.destination_bucket != var.source_bucket
    error_message = "Source and destination are two buckets."
  }
}

variable "undo_days" {
  description = "How long the destination keeps what was overwritten or deleted (soft delete): 7 to 90 days."
  type        = number
  default     = 7

  validation {
    condition     = var.undo_days >= 7 && var.undo_days <= 90
    error_message = "Soft delete keeps objects for 7 to 90 days."
  }
}

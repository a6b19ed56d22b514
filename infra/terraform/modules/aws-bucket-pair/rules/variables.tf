variable "source_bucket" {
  description = "Name of the bucket that is read."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.source_bucket)) && !can(regex("^(xn--|sthree-)|(-s3alias|--ol-s3|--x-s3)$", var.source_bucket))
    error_message = "A bucket's name has 3 to 63 lower-case letters, digits and hyphens. Dots are allowed by S3 but break TLS."
  }
}

variable "destination_bucket" {
  description = "Name of the bucket that is written."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.destination_bucket)) && !can(regex("^(xn--|sthree-)|(-s3alias|--ol-s3|--x-s3)$", var.destination_bucket))
    error_message = "A bucket's name has 3 to 63 lower-case letters, digits and hyphens. Dots are allowed by S3 but break TLS."
  }

  validation {
    condition     = var.destination_bucket != var.source_bucket
    error_message = "Source and destination are two buckets."
  }
}

variable "partition" {
  description = "AWS partition of the buckets: aws, aws-cn or aws-us-gov."
  type        = string
  default     = "aws"

  validation {
    condition     = contains(["aws", "aws-cn", "aws-us-gov"], var.partition)
    error_message = "partition is aws, aws-cn or aws-us-gov."
  }
}

variable "control_prefix" {
  description = "Where jobs keep their own objects in the destination, notes and reports without conditions among them."
  type        = string
  default     = ".replicator/"

  validation {
    condition     = can(regex("^[^/*?$][^*?$]*/$", var.control_prefix))
    error_message = "control_prefix ends with a slash, does not begin with one, and has no * ? $."
  }
}

variable "conditional_writers" {
  description = "ARNs of roles that may write to the destination only under If-None-Match or If-Match, and delete only under If-Match; the control prefix apart."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for arn in var.conditional_writers : can(regex("^arn:aws(-cn|-us-gov)?:iam::[0-9]{12}:role/[^*?]+$", arn))])
    error_message = "A conditional writer is the ARN of one role."
  }
}

variable "partition" {
  description = "AWS partition of the buckets."
  type        = string
  default     = "aws"

  validation {
    condition     = contains(["aws", "aws-cn", "aws-us-gov"], var.partition)
    error_message = "partition is aws, aws-cn or aws-us-gov."
  }
}

variable "source_bucket" {
  description = "Bucket that is read; empty where the source is elsewhere (another cloud, a directory)."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])?$", var.source_bucket))
    error_message = "source_bucket is the name of a bucket, not an ARN and not a pattern."
  }
}

variable "source_prefixes" {
  description = "Prefixes of the source that the job reads (paths[].from); an empty one is the whole bucket."
  type        = list(string)
  default     = [""]

  validation {
    condition     = length(var.source_prefixes) > 0 && alltrue([for p in var.source_prefixes : can(regex("^([^/*?$][^*?$]*/)?$", p))])
    error_message = "A prefix is empty or ends with a slash, does not begin with one, and has no * ? $, which IAM takes for patterns."
  }
}

variable "destination_bucket" {
  description = "Bucket that is written; empty where the destination is elsewhere."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])?$", var.destination_bucket))
    error_message = "destination_bucket is the name of a bucket, not an ARN and not a pattern."
  }

  validation {
    condition     = "${var.source_bucket}${var.destination_bucket}" != ""
    error_message = "Name a source_bucket, a destination_bucket or both."
  }
}

variable "destination_prefixes" {
  description = "Prefixes of the destination that the job writes (paths[].to); an empty one is the whole bucket."
  type        = list(string)
  default     = [""]

  validation {
    condition     = length(var.destination_prefixes) > 0 && alltrue([for p in var.destination_prefixes : can(regex("^([^/*?$][^*?$]*/)?$", p))])
    error_message = "A prefix is empty or ends with a slash, does not begin with one, and has no * ? $, which IAM takes for patterns."
  }
}

variable "control_prefix" {
  description = "Where jobs keep their own objects in the destination bucket: marker, lease, baseline, reports."
  type        = string
  default     = ".replicator/"

  validation {
    condition     = can(regex("^[^/*?$][^*?$]*/$", var.control_prefix))
    error_message = "control_prefix ends with a slash, does not begin with one, and has no * ? $."
  }
}

variable "delete_mode" {
  description = "The job's delete.mode: mirror also permits deletes outside the control prefix."
  type        = string
  default     = "never"

  validation {
    condition     = contains(["never", "mirror"], var.delete_mode)
    error_message = "delete_mode is never or mirror."
  }
}

variable "metadata_updates" {
  description = "Whether metadata are repaired, which reads tags and grants of the destination: jobs from a gs:// bucket do so by themselves, others with metadata.compare."
  type        = bool
  default     = false
}

variable "write_acl" {
  description = "Whether written objects get an ACL (the store's write.acl, or grants that a repair of metadata has to name again)."
  type        = bool
  default     = false
}

variable "source_kms_key_arns" {
  description = "Keys of KMS that objects of the source are encrypted with."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for arn in var.source_kms_key_arns : can(regex("^arn:aws(-cn|-us-gov)?:kms:[a-z0-9-]+:[0-9]{12}:key/[a-z0-9-]+$", arn))])
    error_message = "A key is named by its ARN (…:key/…): IAM does not follow aliases."
  }
}

variable "destination_kms_key_arns" {
  description = "Keys of KMS that objects of the destination are encrypted with."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for arn in var.destination_kms_key_arns : can(regex("^arn:aws(-cn|-us-gov)?:kms:[a-z0-9-]+:[0-9]{12}:key/[a-z0-9-]+$", arn))])
    error_message = "A key is named by its ARN (…:key/…): IAM does not follow aliases."
  }
}

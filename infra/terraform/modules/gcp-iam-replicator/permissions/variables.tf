variable "name" {
  description = "Name of the service account, and what the names of the custom roles begin with."
  type        = string
  default     = "replicator"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.name))
    error_message = "name has 6 to 30 lower-case letters, digits and hyphens, and begins with a letter, as the id of a service account does."
  }
}

variable "source_bucket" {
  description = "Bucket that is read; empty where the source is elsewhere (another cloud, a directory)."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^([a-z0-9][a-z0-9._-]{1,220}[a-z0-9])?$", var.source_bucket))
    error_message = "source_bucket is the name of a bucket."
  }
}

variable "source_prefixes" {
  description = "Prefixes of the source that the job reads (paths[].from); an empty one is the whole bucket."
  type        = list(string)
  default     = [""]

  validation {
    condition     = length(var.source_prefixes) > 0 && alltrue([for p in var.source_prefixes : can(regex("^([^/'\"\\\\][^'\"\\\\]*/)?$", p))])
    error_message = "A prefix is empty or ends with a slash, does not begin with one, and has no quotes or backslashes."
  }
}

variable "destination_bucket" {
  description = "Bucket that is written; empty where the destination is elsewhere."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^([a-z0-9][a-z0-9._-]{1,220}[a-z0-9])?$", var.destination_bucket))
    error_message = "destination_bucket is the name of a bucket."
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
    condition     = length(var.destination_prefixes) > 0 && alltrue([for p in var.destination_prefixes : can(regex("^([^/'\"\\\\][^'\"\\\\]*/)?$", p))])
    error_message = "A prefix is empty or ends with a slash, does not begin with one, and has no quotes or backslashes."
  }
}

variable "control_prefix" {
  description = "Where jobs keep their own objects in the destination bucket: marker, lease, baseline, reports."
  type        = string
  default     = ".replicator/"

  validation {
    condition     = can(regex("^[^/'\"\\\\][^'\"\\\\]*/$", var.control_prefix))
    error_message = "control_prefix ends with a slash, does not begin with one, and has no quotes or backslashes."
  }
}

variable "overwrite" {
  description = "The job's overwrite. Cloud Storage takes an overwrite for a create and a delete: only never does without storage.objects.delete."
  type        = string
  default     = "if-different"

  validation {
    condition     = contains(["if-different", "if-newer", "never"], var.overwrite)
    error_message = "overwrite is if-different, if-newer or never."
  }
}

variable "delete_mode" {
  description = "The job's delete.mode: never or mirror."
  type        = string
  default     = "never"

  validation {
    condition     = contains(["never", "mirror"], var.delete_mode)
    error_message = "delete_mode is never or mirror."
  }
}

variable "metadata_updates" {
  description = "Whether metadata are repaired in place: jobs between two gs:// buckets do so by themselves, others with metadata.compare."
  type        = bool
  default     = true
}

variable "gke" {
  description = "Service accounts of GKE clusters with Workload Identity that act as this one; project is the cluster's."
  type = list(object({
    project         = string
    namespace       = string
    service_account = string
  }))
  default = []

  validation {
    condition = alltrue([
      for one in var.gke :
      can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", one.project)) && can(regex("^[a-z0-9-]+$", one.namespace)) && can(regex("^[a-z0-9.-]+$", one.service_account))
    ])
    error_message = "project, namespace and service_account are names, not patterns."
  }
}

variable "federated_principals" {
  description = "Identities of workload identity pools that act as this service account: principal://iam.googleapis.com/… (one subject) or principalSet://iam.googleapis.com/…/attribute.NAME/VALUE, but no whole repository or owner."
  type        = list(string)
  default     = []

  validation {
    condition = alltrue([
      for one in var.federated_principals : can(regex("^(principal://iam[.]googleapis[.]com/projects/[0-9]+/locations/global/workloadIdentityPools/[a-z0-9-]+/subject/[^*]+|principalSet://iam[.]googleapis[.]com/projects/[0-9]+/locations/global/workloadIdentityPools/[a-z0-9-]+/attribute[.][a-z0-9_]+/[^*]+)$", one))
    ])
    error_message = "A principal is one subject, or those with one value of one attribute; never a whole pool."
  }

  # Whoever can push a branch to a repository, or open a pull request from one, is in it.
  validation {
    condition     = alltrue([for one in var.federated_principals : !can(regex("/attribute[.]repository(_id|_owner|_owner_id)?/|/subject/repo:.*:pull_request$", one))])
    error_message = "A repository's or an owner's every workflow, pull requests included, is too many: name one subject (repo:OWNER/NAME:environment:NAME), or map an attribute from the branch or environment."
  }
}

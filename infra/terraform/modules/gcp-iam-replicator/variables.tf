variable "project" {
  description = "Project of the service account and of the custom roles; buckets in it may be granted on."
  type        = string
}

variable "name" {
  description = "Name of the service account, and what the names of the custom roles begin with; 6 to 30 characters."
  type        = string
  default     = "replicator"
}

variable "source_bucket" {
  description = "Bucket that is read; empty where the source is elsewhere (another cloud, a directory)."
  type        = string
  default     = ""
}

variable "source_prefixes" {
  description = "Prefixes of the source that the job reads (paths[].from), each ending with a slash; an empty one is the whole bucket."
  type        = list(string)
  default     = [""]
}

variable "destination_bucket" {
  description = "Bucket that is written; empty where the destination is elsewhere."
  type        = string
  default     = ""
}

variable "destination_prefixes" {
  description = "Prefixes of the destination that the job writes (paths[].to), each ending with a slash; an empty one is the whole bucket."
  type        = list(string)
  default     = [""]
}

variable "control_prefix" {
  description = "Where jobs keep their own objects in the destination bucket."
  type        = string
  default     = ".replicator/"
}

variable "overwrite" {
  description = "The job's overwrite: if-different, if-newer, or never, which does without storage.objects.delete."
  type        = string
  default     = "if-different"
}

variable "delete_mode" {
  description = "The job's delete.mode: never or mirror."
  type        = string
  default     = "never"
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
}

variable "federated_principals" {
  description = "Identities of workload identity pools that act as this service account (GitHub Actions, EKS, …); never a whole pool, repository or owner."
  type        = list(string)
  default     = []
}

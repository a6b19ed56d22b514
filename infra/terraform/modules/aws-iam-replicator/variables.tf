variable "name" {
  description = "Name of the role."
  type        = string
  default     = "replicator"

  validation {
    condition     = can(regex("^[A-Za-z0-9+=,.@_-]{1,64}$", var.name))
    error_message = "The name of a role has 1 to 64 letters, digits or +=,.@_-."
  }
}

variable "partition" {
  description = "AWS partition of the buckets: aws, aws-cn or aws-us-gov."
  type        = string
  default     = "aws"
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

variable "delete_mode" {
  description = "The job's delete.mode: never, or mirror, which also permits deletes outside the control prefix."
  type        = string
  default     = "never"
}

variable "metadata_updates" {
  description = "Whether metadata are repaired, which reads tags and grants of the destination: jobs from a gs:// bucket do so by themselves, others with metadata.compare."
  type        = bool
  default     = false
}

variable "write_acl" {
  description = "Whether written objects get an ACL (the store's write.acl)."
  type        = bool
  default     = false
}

variable "source_kms_key_arns" {
  description = "Keys of KMS that objects of the source are encrypted with."
  type        = list(string)
  default     = []
}

variable "destination_kms_key_arns" {
  description = "Keys of KMS that objects of the destination are encrypted with."
  type        = list(string)
  default     = []
}

variable "irsa" {
  description = "Service accounts of EKS clusters that take the role by the cluster's OIDC provider."
  type = list(object({
    oidc_provider_arn = string
    namespace         = string
    service_account   = string
  }))
  default = []
}

variable "pod_identity" {
  description = "Service accounts of EKS clusters that take the role by EKS Pod Identity."
  type = list(object({
    cluster_arn     = string
    namespace       = string
    service_account = string
  }))
  default = []
}

variable "github" {
  description = "Workflows of GitHub Actions that take the role, each one environment, branch or tag of one repository."
  type = list(object({
    oidc_provider_arn = string
    subject           = string
  }))
  default = []
}

variable "permissions_boundary_arn" {
  description = "Permissions boundary of the role, where the account asks for one."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags of the role."
  type        = map(string)
  default     = {}
}

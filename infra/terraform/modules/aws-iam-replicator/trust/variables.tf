variable "irsa" {
  description = "Service accounts of EKS clusters that take the role by the cluster's OIDC provider."
  type = list(object({
    oidc_provider_arn = string
    namespace         = string
    service_account   = string
  }))
  default = []

  validation {
    condition     = alltrue([for one in var.irsa : can(regex("^arn:aws(-cn|-us-gov)?:iam::[0-9]{12}:oidc-provider/[^*?]+$", one.oidc_provider_arn))])
    error_message = "oidc_provider_arn is the ARN of an IAM OIDC provider."
  }

  validation {
    condition     = alltrue([for one in var.irsa : can(regex("^[a-z0-9-]+$", one.namespace)) && can(regex("^[a-z0-9.-]+$", one.service_account))])
    error_message = "namespace and service_account are names, not patterns."
  }
}

variable "pod_identity" {
  description = "Service accounts of EKS clusters that take the role by EKS Pod Identity; the association itself is the cluster's."
  type = list(object({
    cluster_arn     = string
    namespace       = string
    service_account = string
  }))
  default = []

  validation {
    condition     = alltrue([for one in var.pod_identity : can(regex("^arn:aws(-cn|-us-gov)?:eks:[a-z0-9-]+:[0-9]{12}:cluster/[^*?]+$", one.cluster_arn))])
    error_message = "cluster_arn is the ARN of an EKS cluster."
  }

  validation {
    condition     = alltrue([for one in var.pod_identity : can(regex("^[a-z0-9-]+$", one.namespace)) && can(regex("^[a-z0-9.-]+$", one.service_account))])
    error_message = "namespace and service_account are names, not patterns."
  }
}

variable "github" {
  description = "Workflows of GitHub Actions that take the role: subject is repo:OWNER/NAME:environment:NAME or repo:OWNER/NAME:ref:refs/heads/BRANCH."
  type = list(object({
    oidc_provider_arn = string
    subject           = string
  }))
  default = []

  validation {
    condition     = alltrue([for one in var.github : can(regex("^arn:aws(-cn|-us-gov)?:iam::[0-9]{12}:oidc-provider/token[.]actions[.]githubusercontent[.]com$", one.oidc_provider_arn))])
    error_message = "oidc_provider_arn is that of token.actions.githubusercontent.com."
  }

  validation {
    condition     = alltrue([for one in var.github : can(regex("^repo:[^/*?:]+/[^/*?:]+:(environment:[^*?]+|ref:refs/(heads|tags)/[^*?]+)$", one.subject))])
    error_message = "subject names one environment, branch or tag of one repository; a pattern would let in pull requests."
  }

  validation {
    condition     = length(var.irsa) + length(var.pod_identity) + length(var.github) > 0
    error_message = "Name somebody who may take the role: irsa, pod_identity or github."
  }
}

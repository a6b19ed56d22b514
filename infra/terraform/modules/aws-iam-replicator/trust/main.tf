# Who may take the role, as a document; every entry is one exact subject. No provider is needed here.

terraform {
  required_version = ">= 1.9"
}

locals {
  by_cluster = [
    for one in var.irsa : {
      Effect    = "Allow"
      Principal = { Federated = one.oidc_provider_arn }
      Action    = "sts:AssumeRoleWithWebIdentity"
      Condition = {
        StringEquals = {
          "${regex("oidc-provider/(.*)$", one.oidc_provider_arn)[0]}:aud" = "sts.amazonaws.com"
          "${regex("oidc-provider/(.*)$", one.oidc_provider_arn)[0]}:sub" = "system:serviceaccount:${one.namespace}:${one.service_account}"
        }
      }
    }
  ]

  by_pod = [
    for one in var.pod_identity : {
      Effect    = "Allow"
      Principal = { Service = "pods.eks.amazonaws.com" }
      Action    = ["sts:AssumeRole", "sts:TagSession"]
      Condition = {
        StringEquals = {
          "aws:RequestTag/eks-cluster-arn"            = one.cluster_arn
          "aws:RequestTag/kubernetes-namespace"       = one.namespace
          "aws:RequestTag/kubernetes-service-account" = one.service_account
        }
      }
    }
  ]

  by_workflow = [
    for one in var.github : {
      Effect    = "Allow"
      Principal = { Federated = one.oidc_provider_arn }
      Action    = "sts:AssumeRoleWithWebIdentity"
      Condition = {
        StringEquals = {
          "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
          "token.actions.githubusercontent.com:sub" = one.subject
        }
      }
    }
  ]

  statements = concat(
    [for statement in local.by_cluster : jsonencode(statement)],
    [for statement in local.by_pod : jsonencode(statement)],
    [for statement in local.by_workflow : jsonencode(statement)],
  )

  json = "{\"Version\":\"2012-10-17\",\"Statement\":[${join(",", local.statements)}]}"
}

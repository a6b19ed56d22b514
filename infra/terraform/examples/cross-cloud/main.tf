# From S3 to Cloud Storage. Replicator runs in an EKS cluster under one service account, which is a role of AWS (reads the
# source) and, by the same cluster's tokens, a service account of Google (writes the destination). No key is stored.

module "reader" {
  source = "../../modules/aws-iam-replicator"

  name          = "replicator-reader"
  source_bucket = var.source_bucket

  irsa = [{
    oidc_provider_arn = var.cluster_oidc_provider_arn
    namespace         = "shop"
    service_account   = "replicator"
  }]
}

module "writer" {
  source = "../../modules/gcp-iam-replicator"

  project            = var.project
  name               = "replicator-writer"
  destination_bucket = var.destination_bucket
  metadata_updates   = false # metadata.compare of the job

  federated_principals = [
    "principal://iam.googleapis.com/${google_iam_workload_identity_pool.cluster.name}/subject/system:serviceaccount:shop:replicator",
  ]
}

resource "google_iam_workload_identity_pool" "cluster" {
  project                   = var.project
  workload_identity_pool_id = "eks-shop"
}

resource "google_iam_workload_identity_pool_provider" "cluster" {
  project                            = var.project
  workload_identity_pool_id          = google_iam_workload_identity_pool.cluster.workload_identity_pool_id
  workload_identity_pool_provider_id = "service-accounts"
  attribute_mapping                  = { "google.subject" = "assertion.sub" }

  oidc {
    issuer_uri = "https://${regex("oidc-provider/(.*)$", var.cluster_oidc_provider_arn)[0]}"
  }
}

output "role_arn" {
  description = "For the annotation eks.amazonaws.com/role-arn."
  value       = module.reader.role_arn
}

output "service_account" {
  description = "For service_account_impersonation_url of the credential file that GOOGLE_APPLICATION_CREDENTIALS names."
  value       = module.writer.service_account
}

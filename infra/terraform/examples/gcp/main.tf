# Two buckets, and a service account that may copy from one to the other: for a service account of a GKE cluster, and for
# the workflow that plans and applies.

module "buckets" {
  source = "../../modules/gcp-bucket-pair"

  project            = var.project
  location           = "EUROPE-WEST1"
  source_bucket      = "acme-dev-media"
  destination_bucket = "acme-prod-media"
}

module "replicator" {
  source = "../../modules/gcp-iam-replicator"

  project            = var.project
  source_bucket      = module.buckets.source_bucket
  destination_bucket = module.buckets.destination_bucket
  delete_mode        = "never" # the job's delete.mode

  gke = [{
    project         = var.project
    namespace       = "shop"
    service_account = "replicator"
  }]

  federated_principals = [
    "principal://iam.googleapis.com/${google_iam_workload_identity_pool.github.name}/subject/repo:acme/shop:environment:production",
  ]
}

resource "google_iam_workload_identity_pool" "github" {
  project                   = var.project
  workload_identity_pool_id = "github"
}

resource "google_iam_workload_identity_pool_provider" "github" {
  project                            = var.project
  workload_identity_pool_id          = google_iam_workload_identity_pool.github.workload_identity_pool_id
  workload_identity_pool_provider_id = "actions"
  attribute_mapping                  = { "google.subject" = "assertion.sub" }
  attribute_condition                = "assertion.repository_owner == 'acme'"

  oidc {
    issuer_uri = "https://token.actions.githubusercontent.com"
  }
}

output "service_account" {
  description = "For the annotation iam.gke.io/gcp-service-account."
  value       = module.replicator.service_account
}

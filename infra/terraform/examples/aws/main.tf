# Two buckets, and a role that may copy from one to the other: for a service account of an EKS cluster, and for the
# workflow's job of environment production, which syncs.

module "buckets" {
  source = "../../modules/aws-bucket-pair"

  source_bucket       = "acme-dev-media"
  destination_bucket  = "acme-prod-media"
  conditional_writers = [module.replicator.role_arn]
}

module "replicator" {
  source = "../../modules/aws-iam-replicator"

  source_bucket      = module.buckets.source_bucket
  destination_bucket = module.buckets.destination_bucket
  delete_mode        = "never" # the job's delete.mode

  irsa = [{
    oidc_provider_arn = var.cluster_oidc_provider_arn
    namespace         = "shop"
    service_account   = "replicator"
  }]

  github = [{
    oidc_provider_arn = var.github_oidc_provider_arn
    subject           = "repo:acme/shop:environment:production"
  }]
}

output "role_arn" {
  description = "For the annotation eks.amazonaws.com/role-arn and for role-to-assume."
  value       = module.replicator.role_arn
}

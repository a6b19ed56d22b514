output "service_account" {
  description = "E-mail of the service account: iam.gke.io/gcp-service-account of the Kubernetes service account."
  value       = google_service_account.replicator.email
}

output "roles" {
  description = "The custom roles' permissions, for roles that are made elsewhere."
  value       = module.permissions.roles
}

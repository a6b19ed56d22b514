module "permissions" {
  source = "./permissions"

  name                 = var.name
  source_bucket        = var.source_bucket
  source_prefixes      = var.source_prefixes
  destination_bucket   = var.destination_bucket
  destination_prefixes = var.destination_prefixes
  control_prefix       = var.control_prefix
  overwrite            = var.overwrite
  delete_mode          = var.delete_mode
  metadata_updates     = var.metadata_updates
  gke                  = var.gke
  federated_principals = var.federated_principals
}

resource "google_service_account" "replicator" {
  project      = var.project
  account_id   = var.name
  display_name = "Replicator"
  description  = "Reads the source bucket, writes the destination bucket."
}

resource "google_project_iam_custom_role" "replicator" {
  for_each = module.permissions.roles

  project     = var.project
  role_id     = each.value.role_id
  title       = each.value.title
  permissions = each.value.permissions
}

resource "google_storage_bucket_iam_member" "replicator" {
  for_each = module.permissions.roles

  bucket = each.value.bucket
  role   = google_project_iam_custom_role.replicator[each.key].id
  member = "serviceAccount:${google_service_account.replicator.email}"

  dynamic "condition" {
    for_each = module.permissions.conditions[each.key] == "" ? [] : [module.permissions.conditions[each.key]]

    content {
      title      = "prefixes"
      expression = condition.value
    }
  }
}

resource "google_service_account_iam_member" "workload" {
  for_each = toset(module.permissions.members)

  service_account_id = google_service_account.replicator.name
  role               = "roles/iam.workloadIdentityUser"
  member             = each.value
}

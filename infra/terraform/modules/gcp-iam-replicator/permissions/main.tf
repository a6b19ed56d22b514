# What the service account may do and who may be it, as values. No provider is needed here, so `terraform test` shows it
# without a project, and infra/checks holds it against the requests that the program really sends.

terraform {
  required_version = ">= 1.9"
}

locals {
  reads  = var.source_bucket != ""
  writes = var.destination_bucket != ""

  # An overwrite is a delete to Cloud Storage ("IAM permissions for JSON methods": insert, rewrite, compose).
  deletes = var.delete_mode == "mirror" || var.overwrite != "never"

  # Custom roles are ids of letters, digits, dots and underscores.
  role = replace(var.name, "-", "_")

  # Listing is a right on the bucket, so it can't be narrowed by the names of objects; everything else can.
  roles = merge(
    local.reads ? {
      source_list = {
        role_id     = "${local.role}_source_list"
        title       = "Replicator: list the source"
        bucket      = var.source_bucket
        permissions = ["storage.objects.list"]
        prefixes    = [""]
      }
      source_read = {
        role_id     = "${local.role}_source_read"
        title       = "Replicator: read the source"
        bucket      = var.source_bucket
        permissions = ["storage.objects.get"]
        prefixes    = var.source_prefixes
      }
    } : {},
    local.writes ? {
      destination_list = {
        role_id     = "${local.role}_destination_list"
        title       = "Replicator: list the destination"
        bucket      = var.destination_bucket
        permissions = ["storage.objects.list"]
        prefixes    = [""]
      }
      destination_write = {
        role_id = "${local.role}_destination_write"
        title   = "Replicator: write the destination"
        bucket  = var.destination_bucket
        permissions = sort(concat(
          ["storage.objects.create", "storage.objects.get"],
          local.deletes ? ["storage.objects.delete"] : [],
          var.metadata_updates ? ["storage.objects.update"] : [],
        ))
        prefixes = var.destination_prefixes
      }
      control = {
        role_id     = "${local.role}_control"
        title       = "Replicator: its own objects in the destination"
        bucket      = var.destination_bucket
        permissions = ["storage.objects.create", "storage.objects.delete", "storage.objects.get"]
        prefixes    = [var.control_prefix]
      }
    } : {},
  )

  # A binding with no condition where the whole bucket is meant.
  conditions = {
    for name, role in local.roles : name => contains(role.prefixes, "") ? "" : join(" || ", [
      for prefix in role.prefixes : "resource.name.startsWith('projects/_/buckets/${role.bucket}/objects/${prefix}')"
    ])
  }

  members = concat(
    [for one in var.gke : "serviceAccount:${one.project}.svc.id.goog[${one.namespace}/${one.service_account}]"],
    var.federated_principals,
  )
}

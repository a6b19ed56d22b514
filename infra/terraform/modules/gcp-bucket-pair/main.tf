module "rules" {
  source = "./rules"

  source_bucket      = var.source_bucket
  destination_bucket = var.destination_bucket
  undo_days          = var.undo_days
}

# It is the service, not who writes, that uses the key.
data "google_storage_project_service_account" "service" {
  count = var.kms_key == null ? 0 : 1

  project = var.project
}

resource "google_kms_crypto_key_iam_member" "service" {
  count = var.kms_key == null ? 0 : 1

  crypto_key_id = var.kms_key
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = "serviceAccount:${data.google_storage_project_service_account.service[0].email_address}"
}

resource "google_storage_bucket" "side" {
  for_each   = module.rules.sides
  depends_on = [google_kms_crypto_key_iam_member.service]

  project                     = var.project
  name                        = each.value.bucket
  location                    = var.location
  force_destroy               = false
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  labels                      = var.labels

  versioning {
    enabled = each.value.versioned
  }

  soft_delete_policy {
    retention_duration_seconds = each.value.undo_seconds
  }

  dynamic "encryption" {
    for_each = var.kms_key == null ? [] : [var.kms_key]

    content {
      default_kms_key_name = encryption.value
    }
  }

  dynamic "lifecycle_rule" {
    for_each = each.value.versioned ? [var.old_versions] : []

    content {
      action {
        type = "Delete"
      }

      condition {
        num_newer_versions = lifecycle_rule.value
        with_state         = "ARCHIVED"
      }
    }
  }

  # Components that a killed composite upload left and no run swept.
  lifecycle_rule {
    action {
      type = "Delete"
    }

    condition {
      age            = 7
      matches_prefix = [".replicator/tmp/"]
    }
  }
}

# What is the same of both buckets, and what is not. No provider is needed here.

terraform {
  required_version = ">= 1.9"
}

locals {
  sides = {
    source      = { bucket = var.source_bucket, versioned = false, undo_seconds = 7 * 86400 }
    destination = { bucket = var.destination_bucket, versioned = true, undo_seconds = var.undo_days * 86400 }
  }
}

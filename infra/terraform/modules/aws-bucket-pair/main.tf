module "rules" {
  source = "./rules"

  source_bucket       = var.source_bucket
  destination_bucket  = var.destination_bucket
  partition           = var.partition
  control_prefix      = var.control_prefix
  conditional_writers = var.conditional_writers
}

locals {
  sides = {
    source      = { bucket = var.source_bucket, key = var.source_kms_key_arn }
    destination = { bucket = var.destination_bucket, key = var.destination_kms_key_arn }
  }

  # By themselves, so that the buckets need not wait for the roles that their policies name.
  policies = {
    source      = module.rules.source_json
    destination = module.rules.destination_json
  }
}

resource "aws_s3_bucket" "side" {
  for_each = local.sides

  bucket        = each.value.bucket
  force_destroy = false
  tags          = var.tags
}

resource "aws_s3_bucket_public_access_block" "side" {
  for_each = local.sides

  bucket                  = aws_s3_bucket.side[each.key].id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

# Without ACLs: who may read is said by policies alone.
resource "aws_s3_bucket_ownership_controls" "side" {
  for_each = local.sides

  bucket = aws_s3_bucket.side[each.key].id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "side" {
  for_each = local.sides

  bucket = aws_s3_bucket.side[each.key].id

  rule {
    bucket_key_enabled = each.value.key != null

    apply_server_side_encryption_by_default {
      sse_algorithm     = each.value.key == null ? "AES256" : "aws:kms"
      kms_master_key_id = each.value.key
    }
  }
}

# What a run overwrites or deletes stays for a while.
resource "aws_s3_bucket_versioning" "destination" {
  bucket = aws_s3_bucket.side["destination"].id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "destination" {
  depends_on = [aws_s3_bucket_versioning.destination]

  bucket = aws_s3_bucket.side["destination"].id

  rule {
    id     = "old-versions"
    status = "Enabled"

    filter {}

    noncurrent_version_expiration {
      noncurrent_days = var.keep_old_versions_days
    }

    expiration {
      expired_object_delete_marker = true
    }
  }

  # Replicator sweeps its own; these are everybody's.
  rule {
    id     = "unfinished-uploads"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}

resource "aws_s3_bucket_policy" "side" {
  for_each   = local.policies
  depends_on = [aws_s3_bucket_public_access_block.side]

  bucket = aws_s3_bucket.side[each.key].id
  policy = each.value
}

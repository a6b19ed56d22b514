# The buckets' policies, as documents. No provider is needed here.

terraform {
  required_version = ">= 1.9"
}

locals {
  source      = "arn:${var.partition}:s3:::${var.source_bucket}"
  destination = "arn:${var.partition}:s3:::${var.destination_bucket}"

  insecure = {
    for side, arn in { source = local.source, destination = local.destination } : side => {
      Sid                     = "DenyWithoutTls"
      Effect                  = "Deny"
      Principal               = "*"
      Action                  = "s3:*"
      Resource                = [arn, "${arn}/*"]
      Condition               = { Bool = { "aws:SecureTransport" = "false" } }
    }
  }

  # s3:ObjectCreationOperation leaves out CreateMultipartUpload, UploadPart and UploadPartCopy: they are s3:PutObject too,
  # and take no condition. The two keys of Null must both hold: denied is what bears neither header. What is written under
  # the control prefix is either create-only by itself (lease, ledger) or one run's alone (notes, baseline, reports).
  unconditional_writes = {
    Sid         = "DenyUnconditionalWrites"
    Effect      = "Deny"
    Principal   = { AWS = var.conditional_writers }
    Action      = "s3:PutObject"
    NotResource = "${local.destination}/${var.control_prefix}*"
    Condition = {
      Null = { "s3:if-match" = "true", "s3:if-none-match" = "true" }
      Bool = { "s3:ObjectCreationOperation" = "true" }
    }
  }

  unconditional_deletes = {
    Sid         = "DenyUnconditionalDeletes"
    Effect      = "Deny"
    Principal   = { AWS = var.conditional_writers }
    Action      = "s3:DeleteObject"
    NotResource = "${local.destination}/${var.control_prefix}*"
    Condition   = { Null = { "s3:if-match" = "true" } }
  }

  # A delete that names a version is another action, no delete marker follows it, and nothing that a role of these modules may
  # do needs it: denied whatever it bears. s3:if-match is documented for s3:DeleteObject alone.
  deletes_of_versions = {
    Sid         = "DenyDeletesOfVersions"
    Effect      = "Deny"
    Principal   = { AWS = var.conditional_writers }
    Action      = "s3:DeleteObjectVersion"
    NotResource = "${local.destination}/${var.control_prefix}*"
  }

  source_statements = [jsonencode(local.insecure.source)]

  destination_statements = concat(
    [jsonencode(local.insecure.destination)],
    length(var.conditional_writers) > 0 ? [jsonencode(local.unconditional_writes), jsonencode(local.unconditional_deletes), jsonencode(local.deletes_of_versions)] : [],
  )

  source_json      = "{\"Version\":\"2012-10-17\",\"Statement\":[${join(",", local.source_statements)}]}"
  destination_json = "{\"Version\":\"2012-10-17\",\"Statement\":[${join(",", local.destination_statements)}]}"
}

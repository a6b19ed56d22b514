# What the role may do, as a document. No provider is needed here, so `terraform test` shows it without an account, and
# infra/checks holds it against the requests that the program really sends.

terraform {
  required_version = ">= 1.9"
}

locals {
  source      = "arn:${var.partition}:s3:::${var.source_bucket}"
  destination = "arn:${var.partition}:s3:::${var.destination_bucket}"
  reads       = var.source_bucket != ""
  writes      = var.destination_bucket != ""

  # Keys are used through S3 alone, in the key's own region. One may be both sides'.
  through_s3 = {
    for arn in toset(concat(var.source_kms_key_arns, var.destination_kms_key_arns)) :
    arn => "s3.${split(":", arn)[3]}.amazonaws.com${var.partition == "aws-cn" ? ".cn" : ""}"
  }

  destination_actions = sort(concat(
    [
      "s3:AbortMultipartUpload",
      "s3:GetObject",
      "s3:PutObject",
      "s3:PutObjectTagging",
    ],
    var.metadata_updates ? ["s3:GetObjectAcl", "s3:GetObjectTagging"] : [],
    var.write_acl ? ["s3:PutObjectAcl"] : [],
    var.delete_mode == "mirror" ? ["s3:DeleteObject"] : [],
  ))

  # Leases, notes and old reports are cleared away whatever the job deletes.
  control_actions = concat(
    ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
    var.write_acl ? ["s3:PutObjectAcl"] : [],
  )

  reading = local.reads ? [
    {
      # Also what makes S3 answer 404, not 403, for a key that is not there. So it is not narrowed by s3:prefix.
      Sid      = "ListSource"
      Effect   = "Allow"
      Action   = ["s3:ListBucket"]
      Resource = [local.source]
    },
    {
      Sid      = "ReadSource"
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:GetObjectTagging"]
      Resource = [for prefix in var.source_prefixes : "${local.source}/${prefix}*"]
    },
  ] : []

  writing = local.writes ? [
    {
      Sid      = "ListDestination"
      Effect   = "Allow"
      Action   = ["s3:ListBucket", "s3:ListBucketMultipartUploads"]
      Resource = [local.destination]
    },
    {
      Sid      = "WriteDestination"
      Effect   = "Allow"
      Action   = local.destination_actions
      Resource = [for prefix in var.destination_prefixes : "${local.destination}/${prefix}*"]
    },
    {
      Sid      = "ControlObjects"
      Effect   = "Allow"
      Action   = local.control_actions
      Resource = ["${local.destination}/${var.control_prefix}*"]
    },
  ] : []

  decrypting = local.reads ? [
    for index, arn in var.source_kms_key_arns : {
      Sid       = "DecryptSource${index}"
      Effect    = "Allow"
      Action    = ["kms:Decrypt"]
      Resource  = [arn]
      Condition = { StringEquals = { "kms:ViaService" = [local.through_s3[arn]] } }
    }
  ] : []

  encrypting = local.writes ? [
    for index, arn in var.destination_kms_key_arns : {
      # Decrypt too: what was written is read (control objects, validate), and S3 asks for it of uploads in parts.
      Sid       = "EncryptDestination${index}"
      Effect    = "Allow"
      Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
      Resource  = [arn]
      Condition = { StringEquals = { "kms:ViaService" = [local.through_s3[arn]] } }
    }
  ] : []

  # Each document by itself: a list of objects that differ in shape has no type of its own.
  statements = concat(
    [for statement in local.reading : jsonencode(statement)],
    [for statement in local.writing : jsonencode(statement)],
    [for statement in local.decrypting : jsonencode(statement)],
    [for statement in local.encrypting : jsonencode(statement)],
  )

  json = "{\"Version\":\"2012-10-17\",\"Statement\":[${join(",", local.statements)}]}"
}

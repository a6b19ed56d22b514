module "policy" {
  source = "./policy"

  partition                = var.partition
  source_bucket            = var.source_bucket
  source_prefixes          = var.source_prefixes
  destination_bucket       = var.destination_bucket
  destination_prefixes     = var.destination_prefixes
  control_prefix           = var.control_prefix
  delete_mode              = var.delete_mode
  metadata_updates         = var.metadata_updates
  write_acl                = var.write_acl
  source_kms_key_arns      = var.source_kms_key_arns
  destination_kms_key_arns = var.destination_kms_key_arns
}

module "trust" {
  source = "./trust"

  irsa         = var.irsa
  pod_identity = var.pod_identity
  github       = var.github
}

resource "aws_iam_role" "replicator" {
  name                 = var.name
  description          = "Replicator: reads the source bucket, writes the destination bucket."
  assume_role_policy   = module.trust.json
  max_session_duration = 3600
  permissions_boundary = var.permissions_boundary_arn
  tags                 = var.tags
}

resource "aws_iam_role_policy" "replicator" {
  name   = "replicator"
  role   = aws_iam_role.replicator.id
  policy = module.policy.json
}

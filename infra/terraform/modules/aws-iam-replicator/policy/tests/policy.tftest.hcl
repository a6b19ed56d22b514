# `terraform init && terraform test` in this module's folder; neither provider nor network is needed.

variables {
  source_bucket      = "acme-dev-media"
  destination_bucket = "acme-prod-media"
}

run "copies_without_deleting" {
  command = plan

  assert {
    condition = toset(flatten([
      for s in jsondecode(output.json).Statement : s.Action if s.Sid != "ControlObjects" && can(regex("prod", join(",", s.Resource)))
      ])) == toset([
      "s3:AbortMultipartUpload", "s3:GetObject", "s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:PutObject", "s3:PutObjectTagging",
    ])
    error_message = "A job that copies gets what copying takes, and no delete."
  }

  assert {
    condition = !anytrue([
      for s in jsondecode(output.json).Statement : can(regex("Put|Delete|Abort", join(",", s.Action))) if can(regex("acme-dev-media", join(",", s.Resource)))
    ])
    error_message = "Nothing may be changed in the source."
  }

  assert {
    condition     = !can(regex("[*]", join(",", flatten([for s in jsondecode(output.json).Statement : s.Action]))))
    error_message = "No wildcards in actions."
  }

  assert {
    condition     = [for s in jsondecode(output.json).Statement : s.Resource if s.Sid == "ControlObjects"] == [["arn:aws:s3:::acme-prod-media/.replicator/*"]]
    error_message = "Control objects are deleted under the control prefix alone."
  }
}

run "mirror_adds_delete_and_nothing_else" {
  command = plan

  variables {
    delete_mode = "mirror"
  }

  assert {
    condition = setsubtract(
      flatten([for s in jsondecode(output.json).Statement : s.Action if s.Sid == "WriteDestination"]),
      ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject", "s3:PutObjectTagging"]
    ) == toset(["s3:DeleteObject"])
    error_message = "mirror adds s3:DeleteObject to what is written."
  }
}

run "stays_within_prefixes" {
  command = plan

  variables {
    source_prefixes      = ["public/", ".private/shared/"]
    destination_prefixes = ["site/"]
  }

  assert {
    condition = [for s in jsondecode(output.json).Statement : s.Resource if contains(["ReadSource", "WriteDestination"], s.Sid)] == [
      ["arn:aws:s3:::acme-dev-media/public/*", "arn:aws:s3:::acme-dev-media/.private/shared/*"],
      ["arn:aws:s3:::acme-prod-media/site/*"],
    ]
    error_message = "Objects outside the job's prefixes are none of its business."
  }
}

run "reads_only_for_another_cloud" {
  command = plan

  variables {
    destination_bucket = ""
  }

  assert {
    condition     = [for s in jsondecode(output.json).Statement : s.Sid] == ["ListSource", "ReadSource"]
    error_message = "Without a destination here, nothing is written here."
  }
}

run "keys_only_through_s3_of_their_region" {
  command = plan

  variables {
    source_kms_key_arns      = ["arn:aws:kms:eu-west-1:111122223333:key/aaaa"]
    destination_kms_key_arns = ["arn:aws:kms:us-east-1:444455556666:key/bbbb"]
  }

  assert {
    condition = [for s in jsondecode(output.json).Statement : [s.Action, s.Resource, s.Condition] if can(s.Condition)] == [
      [["kms:Decrypt"], ["arn:aws:kms:eu-west-1:111122223333:key/aaaa"], { StringEquals = { "kms:ViaService" = ["s3.eu-west-1.amazonaws.com"] } }],
      [["kms:Decrypt", "kms:GenerateDataKey"], ["arn:aws:kms:us-east-1:444455556666:key/bbbb"], { StringEquals = { "kms:ViaService" = ["s3.us-east-1.amazonaws.com"] } }],
    ]
    error_message = "The source's key decrypts, the destination's encrypts and decrypts, both through S3."
  }
}

run "takes_one_key_for_both_sides" {
  command = plan

  variables {
    source_kms_key_arns      = ["arn:aws:kms:eu-west-1:111122223333:key/aaaa"]
    destination_kms_key_arns = ["arn:aws:kms:eu-west-1:111122223333:key/aaaa"]
  }

  assert {
    condition = [for s in jsondecode(output.json).Statement : [s.Action, s.Resource] if can(s.Condition)] == [
      [["kms:Decrypt"], ["arn:aws:kms:eu-west-1:111122223333:key/aaaa"]],
      [["kms:Decrypt", "kms:GenerateDataKey"], ["arn:aws:kms:eu-west-1:111122223333:key/aaaa"]],
    ]
    error_message = "One key may encrypt both buckets."
  }
}

run "refuses_a_pattern_for_a_bucket" {
  command = plan

  variables {
    source_bucket = "acme-*"
  }

  expect_failures = [var.source_bucket]
}

run "refuses_a_pattern_in_a_prefix" {
  command = plan

  variables {
    destination_prefixes = ["site*/"]
  }

  expect_failures = [var.destination_prefixes]
}

run "refuses_a_prefix_that_would_cover_its_neighbours" {
  command = plan

  variables {
    source_prefixes = ["public"]
  }

  expect_failures = [var.source_prefixes]
}

run "refuses_an_alias_for_a_key" {
  command = plan

  variables {
    source_kms_key_arns = ["arn:aws:kms:eu-west-1:111122223333:alias/media"]
  }

  expect_failures = [var.source_kms_key_arns]
}

run "refuses_to_be_about_nothing" {
  command = plan

  variables {
    source_bucket      = ""
    destination_bucket = ""
  }

  expect_failures = [var.destination_bucket]
}

run "refuses_other_words_for_delete_mode" {
  command = plan

  variables {
    delete_mode = "always"
  }

  expect_failures = [var.delete_mode]
}

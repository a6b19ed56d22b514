variables {
  source_bucket      = "acme-dev-media"
  destination_bucket = "acme-prod-media"
}

run "only_over_tls" {
  command = plan

  assert {
    condition     = jsondecode(output.source_json).Statement[0].Condition == { Bool = { "aws:SecureTransport" = "false" } }
    error_message = "The source refuses what does not come over TLS."
  }

  assert {
    condition     = length(jsondecode(output.destination_json).Statement) == 1
    error_message = "Conditions are enforced for those who are named, and nobody is by default."
  }
}

run "enforces_conditions_of_the_role_that_is_named" {
  command = plan

  variables {
    conditional_writers = ["arn:aws:iam::111122223333:role/replicator"]
  }

  assert {
    condition = [for s in jsondecode(output.destination_json).Statement : s.Condition if s.Sid == "DenyUnconditionalWrites"] == [{
      Bool = { "s3:ObjectCreationOperation" = "true" }
      Null = { "s3:if-match" = "true", "s3:if-none-match" = "true" }
    }]
    error_message = "Denied is a write that bears neither header and makes an object."
  }

  assert {
    condition     = [for s in jsondecode(output.destination_json).Statement : s.Condition if s.Sid == "DenyUnconditionalDeletes"] == [{ Null = { "s3:if-match" = "true" } }]
    error_message = "Denied is a delete without If-Match."
  }

  assert {
    condition     = [for s in jsondecode(output.destination_json).Statement : s.Action if s.Sid == "DenyDeletesOfVersions" && !can(s.Condition)] == ["s3:DeleteObjectVersion"]
    error_message = "Denied is every delete of a version: what was kept stays kept."
  }

  assert {
    condition     = distinct([for s in jsondecode(output.destination_json).Statement : s.NotResource if can(s.NotResource)]) == tolist(["arn:aws:s3:::acme-prod-media/.replicator/*"])
    error_message = "Everything but the control prefix is under it."
  }

  assert {
    condition     = length(jsondecode(output.source_json).Statement) == 1
    error_message = "The source is not written, and has nothing to enforce."
  }
}

run "refuses_one_bucket_for_both" {
  command = plan

  variables {
    destination_bucket = "acme-dev-media"
  }

  expect_failures = [var.destination_bucket]
}

run "refuses_dots" {
  command = plan

  variables {
    source_bucket = "media.acme.example"
  }

  expect_failures = [var.source_bucket]
}

run "refuses_everybody_as_conditional_writer" {
  command = plan

  variables {
    conditional_writers = ["*"]
  }

  expect_failures = [var.conditional_writers]
}

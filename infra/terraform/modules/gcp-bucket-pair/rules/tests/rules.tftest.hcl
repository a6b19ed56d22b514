variables {
  source_bucket      = "acme-dev-media"
  destination_bucket = "acme-prod-media"
}

run "the_destination_can_be_undone" {
  command = plan

  variables {
    undo_days = 30
  }

  assert {
    condition     = output.sides.destination.versioned && output.sides.destination.undo_seconds == 2592000
    error_message = "The destination keeps versions and what was deleted."
  }

  assert {
    condition     = !output.sides.source.versioned
    error_message = "The source is not written."
  }
}

run "refuses_one_bucket_for_both" {
  command = plan

  variables {
    destination_bucket = "acme-dev-media"
  }

  expect_failures = [var.destination_bucket]
}

run "refuses_capitals" {
  command = plan

  variables {
    source_bucket = "Acme-dev"
  }

  expect_failures = [var.source_bucket]
}

run "refuses_to_forget_at_once" {
  command = plan

  variables {
    undo_days = 0
  }

  expect_failures = [var.undo_days]
}

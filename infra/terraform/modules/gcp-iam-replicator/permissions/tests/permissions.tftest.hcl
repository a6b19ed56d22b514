variables {
  source_bucket      = "acme-dev-media"
  destination_bucket = "acme-prod-media"
}

run "reads_the_source_and_writes_the_destination" {
  command = plan

  assert {
    condition     = toset(flatten([for role in output.roles : role.permissions if role.bucket == "acme-dev-media"])) == toset(["storage.objects.get", "storage.objects.list"])
    error_message = "The source is listed and read."
  }

  assert {
    condition     = output.roles.destination_write.permissions == tolist(["storage.objects.create", "storage.objects.delete", "storage.objects.get", "storage.objects.update"])
    error_message = "To overwrite is to delete, for Cloud Storage."
  }

  assert {
    condition     = output.conditions.control == "resource.name.startsWith('projects/_/buckets/acme-prod-media/objects/.replicator/')"
    error_message = "Control objects are deleted under the control prefix alone."
  }

  assert {
    condition     = output.conditions.destination_write == "" && output.conditions.source_list == ""
    error_message = "The whole bucket takes no condition."
  }
}

run "adds_without_deleting" {
  command = plan

  variables {
    overwrite = "never"
  }

  assert {
    condition     = !contains(output.roles.destination_write.permissions, "storage.objects.delete")
    error_message = "A job that overwrites nothing deletes nothing."
  }
}

run "mirror_deletes_though_it_overwrites_nothing" {
  command = plan

  variables {
    overwrite   = "never"
    delete_mode = "mirror"
  }

  assert {
    condition     = contains(output.roles.destination_write.permissions, "storage.objects.delete")
    error_message = "mirror deletes."
  }
}

run "stays_within_prefixes" {
  command = plan

  variables {
    source_prefixes = ["public/", ".private/shared/"]
  }

  assert {
    condition     = output.conditions.source_read == "resource.name.startsWith('projects/_/buckets/acme-dev-media/objects/public/') || resource.name.startsWith('projects/_/buckets/acme-dev-media/objects/.private/shared/')"
    error_message = "Objects outside the job's prefixes are none of its business."
  }

  assert {
    condition     = output.conditions.source_list == ""
    error_message = "Listing is a right on the bucket; a condition on objects would take it away."
  }
}

run "writes_only_for_another_cloud" {
  command = plan

  variables {
    source_bucket    = ""
    metadata_updates = false
  }

  assert {
    condition     = toset(keys(output.roles)) == toset(["destination_list", "destination_write", "control"])
    error_message = "Without a source here, nothing is read from one here."
  }

  assert {
    condition     = !contains(output.roles.destination_write.permissions, "storage.objects.update")
    error_message = "Metadata are repaired where that is asked for."
  }
}

run "names_who_may_be_it" {
  command = plan

  variables {
    name                 = "media-replicator"
    gke                  = [{ project = "acme-shop", namespace = "shop", service_account = "replicator" }]
    federated_principals = ["principal://iam.googleapis.com/projects/1234/locations/global/workloadIdentityPools/eks/subject/system:serviceaccount:shop:replicator"]
  }

  assert {
    condition     = output.members[0] == "serviceAccount:acme-shop.svc.id.goog[shop/replicator]" && length(output.members) == 2
    error_message = "One service account of one namespace, and one subject."
  }

  assert {
    condition     = output.roles.control.role_id == "media_replicator_control"
    error_message = "Ids of custom roles have no hyphens."
  }
}

run "refuses_a_whole_pool" {
  command = plan

  variables {
    federated_principals = ["principalSet://iam.googleapis.com/projects/1234/locations/global/workloadIdentityPools/eks/*"]
  }

  expect_failures = [var.federated_principals]
}

run "takes_one_value_of_an_attribute_that_is_no_repository" {
  command = plan

  variables {
    federated_principals = ["principalSet://iam.googleapis.com/projects/1234/locations/global/workloadIdentityPools/github/attribute.repository_environment/acme/shop/production"]
  }

  assert {
    condition     = length(output.members) == 1
    error_message = "An attribute that is mapped from a branch or an environment names few enough."
  }
}

run "refuses_a_whole_repository" {
  command = plan

  variables {
    federated_principals = ["principalSet://iam.googleapis.com/projects/1234/locations/global/workloadIdentityPools/github/attribute.repository/acme/shop"]
  }

  expect_failures = [var.federated_principals]
}

run "refuses_all_repositories_of_an_owner" {
  command = plan

  variables {
    federated_principals = ["principalSet://iam.googleapis.com/projects/1234/locations/global/workloadIdentityPools/github/attribute.repository_owner_id/12345"]
  }

  expect_failures = [var.federated_principals]
}

run "refuses_pull_requests" {
  command = plan

  variables {
    federated_principals = ["principal://iam.googleapis.com/projects/1234/locations/global/workloadIdentityPools/github/subject/repo:acme/shop:pull_request"]
  }

  expect_failures = [var.federated_principals]
}

run "refuses_a_prefix_that_would_end_the_condition" {
  command = plan

  variables {
    source_prefixes = ["a') || true || ('/"]
  }

  expect_failures = [var.source_prefixes]
}

run "refuses_a_name_that_no_service_account_can_have" {
  command = plan

  variables {
    name = "rep"
  }

  expect_failures = [var.name]
}

run "refuses_to_be_about_nothing" {
  command = plan

  variables {
    source_bucket      = ""
    destination_bucket = ""
  }

  expect_failures = [var.destination_bucket]
}

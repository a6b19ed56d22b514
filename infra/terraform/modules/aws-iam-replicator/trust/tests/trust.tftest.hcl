run "one_service_account_by_irsa" {
  command = plan

  variables {
    irsa = [{
      oidc_provider_arn = "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC"
      namespace         = "shop"
      service_account   = "replicator"
    }]
  }

  assert {
    condition = jsondecode(output.json).Statement[0].Condition.StringEquals == {
      "oidc.eks.eu-west-1.amazonaws.com/id/ABC:aud" = "sts.amazonaws.com"
      "oidc.eks.eu-west-1.amazonaws.com/id/ABC:sub" = "system:serviceaccount:shop:replicator"
    }
    error_message = "Audience and subject are both fixed."
  }
}

run "one_service_account_by_pod_identity" {
  command = plan

  variables {
    pod_identity = [{
      cluster_arn     = "arn:aws:eks:eu-west-1:111122223333:cluster/shop"
      namespace       = "shop"
      service_account = "replicator"
    }]
  }

  assert {
    condition     = jsondecode(output.json).Statement[0].Action == ["sts:AssumeRole", "sts:TagSession"]
    error_message = "EKS assumes the role and tags the session."
  }

  assert {
    condition     = length(jsondecode(output.json).Statement[0].Condition.StringEquals) == 3
    error_message = "Cluster, namespace and service account are all fixed."
  }
}

run "one_environment_of_one_repository" {
  command = plan

  variables {
    github = [{
      oidc_provider_arn = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
      subject           = "repo:acme/shop:environment:production"
    }]
  }

  assert {
    condition     = jsondecode(output.json).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:sub"] == "repo:acme/shop:environment:production"
    error_message = "The subject is compared as a whole."
  }
}

run "refuses_every_branch_of_a_repository" {
  command = plan

  variables {
    github = [{
      oidc_provider_arn = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
      subject           = "repo:acme/shop:*"
    }]
  }

  expect_failures = [var.github]
}

run "refuses_a_role_for_nobody" {
  command = plan

  expect_failures = [var.github]
}

run "refuses_every_namespace" {
  command = plan

  variables {
    irsa = [{
      oidc_provider_arn = "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC"
      namespace         = "*"
      service_account   = "replicator"
    }]
  }

  expect_failures = [var.irsa]
}

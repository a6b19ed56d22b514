output "role_arn" {
  description = "ARN of the role: eks.amazonaws.com/role-arn of the service account, role-to-assume of a workflow, role-arn of a store."
  value       = aws_iam_role.replicator.arn
}

output "role_name" {
  description = "Name of the role."
  value       = aws_iam_role.replicator.name
}

output "policy_json" {
  description = "The policy, for a role that is made elsewhere."
  value       = module.policy.json
}

output "roles" {
  description = "Custom roles by name: role_id, title, bucket, permissions, prefixes."
  value       = local.roles
}

output "conditions" {
  description = "Conditions of the roles' bindings by name; empty where there is none."
  value       = local.conditions
}

output "members" {
  description = "Who may act as the service account."
  value       = local.members
}

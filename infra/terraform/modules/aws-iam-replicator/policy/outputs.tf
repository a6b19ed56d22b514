output "json" {
  description = "The policy, as JSON."
  value       = local.json
}

output "json" {
  description = "The trust policy, as JSON."
  value       = local.json
}

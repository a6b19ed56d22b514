output "source_json" {
  description = "The source bucket's policy, as JSON."
  value       = local.source_json
}

output "destination_json" {
  description = "The destination bucket's policy, as JSON."
  value       = local.destination_json
}

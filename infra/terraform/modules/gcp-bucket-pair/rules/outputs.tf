output "sides" {
  description = "The two buckets: name, whether versions are kept, seconds of soft delete."
  value       = local.sides
}

output "source_bucket" {
  description = "Name of the bucket that is read."
  value       = google_storage_bucket.side["source"].name
}

output "destination_bucket" {
  description = "Name of the bucket that is written."
  value       = google_storage_bucket.side["destination"].name
}

output "source_bucket" {
  description = "Name of the bucket that is read."
  value       = aws_s3_bucket.side["source"].id
}

output "destination_bucket" {
  description = "Name of the bucket that is written."
  value       = aws_s3_bucket.side["destination"].id
}

output "source_arn" {
  description = "ARN of the bucket that is read."
  value       = aws_s3_bucket.side["source"].arn
}

output "destination_arn" {
  description = "ARN of the bucket that is written."
  value       = aws_s3_bucket.side["destination"].arn
}

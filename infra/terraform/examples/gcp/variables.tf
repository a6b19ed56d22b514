variable "project" {
  description = "Id of the project of buckets, service account and cluster."
  type        = string
}

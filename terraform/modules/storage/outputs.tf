output "buckets" {
  description = "The bucket of each class: cases, anchors, backups, logs."
  value       = { for class, bucket in aws_s3_bucket.this : class => bucket.bucket }
}

output "arns" {
  description = "The same buckets by ARN."
  value       = local.arns
}

output "logs_ready" {
  description = "The bucket of logs, once it lets the load balancer write."
  value       = aws_s3_bucket_policy.this["logs"].bucket
}

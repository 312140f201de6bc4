output "backend" {
  description = "What `terraform init -backend-config=...` is told."
  value       = { bucket = aws_s3_bucket.this.bucket, kms_key_id = aws_kms_key.this.arn }
}

output "arns" {
  description = "The key of each purpose: data, storage, secrets, logs."
  value       = { for purpose, key in aws_kms_key.this : purpose => key.arn }
}

output "secrets" {
  description = "The place of each secret, by its name."
  value       = { for name, secret in aws_secretsmanager_secret.this : name => secret.arn }
}

output "key_arn" {
  description = "The key of the partnership's files."
  value       = aws_kms_key.files.arn
}

output "alias" {
  description = "The name by which the product finds the key."
  value       = aws_kms_alias.files.name
}

output "host" {
  description = "Where e-mails are handed over."
  value       = local.is_ses ? "email-smtp.${var.region}.amazonaws.com" : var.relay.host
}

output "port" {
  description = "At which port."
  value       = var.relay.port
}

output "smtp_user" {
  description = "The user whose access key is the password of SES's SMTP; empty for another relay."
  value       = try(aws_iam_user.smtp[local.domain].name, "")
}

output "dns_records" {
  description = "The records that somebody must enter where the zone is not ours."
  value       = [for record in local.records : { name = record.name, type = record.type, value = record.value }]
}

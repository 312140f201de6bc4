output "identifier" {
  description = "What the server is called, for alarms."
  value       = aws_db_instance.this.identifier
}

output "arn" {
  description = "The server, for its backups."
  value       = aws_db_instance.this.arn
}

output "host" {
  description = "Where it answers; parts connect to it directly, for a pooler passes on no wakes."
  value       = aws_db_instance.this.address
}

output "database" {
  description = "The database on it."
  value       = var.database
}

output "administrator_secret_arn" {
  description = "Where RDS keeps the administrator's name and password."
  value       = aws_db_instance.this.master_user_secret[0].secret_arn
}

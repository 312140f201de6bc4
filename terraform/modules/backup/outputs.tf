output "vault" {
  description = "The vault, for alarms."
  value       = aws_backup_vault.this.name
}

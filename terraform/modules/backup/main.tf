# A backup of the record every night, in a vault from which nothing can be taken before its time.
# The buckets keep their own versions; Prefect's database is built again, not restored.

resource "aws_backup_vault" "this" {
  name          = var.name
  kms_key_arn   = var.key_arn
  force_destroy = var.may_be_destroyed
}

resource "aws_backup_vault_lock_configuration" "this" {
  count              = var.may_be_destroyed ? 0 : 1
  backup_vault_name  = aws_backup_vault.this.name
  min_retention_days = 7
  max_retention_days = 35
}

resource "aws_backup_plan" "this" {
  name = var.name

  rule {
    rule_name         = "nightly"
    target_vault_name = aws_backup_vault.this.name
    schedule          = "cron(30 3 * * ? *)"
    start_window      = 60
    completion_window = 240

    lifecycle {
      delete_after = var.days
    }

    dynamic "copy_action" {
      for_each = var.copy_to == "" ? [] : [var.copy_to]
      content {
        destination_vault_arn = copy_action.value
        lifecycle {
          delete_after = var.days
        }
      }
    }
  }
}

resource "aws_iam_role" "this" {
  name = "${var.name}-vault"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "backup.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "this" {
  role       = aws_iam_role.this.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup"
}

resource "aws_backup_selection" "this" {
  name         = "databases"
  plan_id      = aws_backup_plan.this.id
  iam_role_arn = aws_iam_role.this.arn
  resources    = var.database_arns
}

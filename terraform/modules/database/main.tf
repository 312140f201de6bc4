# One PostgreSQL server with one database. Keyline's record and Prefect's, which can be thrown away
# and built again, are apart: each is restored, sized and administered without the other.

resource "aws_db_subnet_group" "this" {
  name       = var.name
  subnet_ids = var.subnet_ids
}

locals {
  # The log of the server holds no words of a row and no value of a statement
  # (services/database/migrations/server_log.py); what would keep statements is off.
  parameters = {
    "rds.force_ssl"                       = "1"
    "log_connections"                     = "1"
    "log_disconnections"                  = "1"
    "log_error_verbosity"                 = "terse"
    "log_parameter_max_length"            = "0"
    "log_parameter_max_length_on_error"   = "0"
    "log_statement"                       = "none"
    "log_min_duration_statement"          = "-1"
    "pg_stat_statements.track"            = "none"
    "idle_in_transaction_session_timeout" = "300000"
  }
}

resource "aws_db_parameter_group" "this" {
  name_prefix = "${var.name}-"
  family      = "postgres${var.engine_version}"
  description = "Keyline: TLS only, nothing of a row in the log"

  dynamic "parameter" {
    for_each = local.parameters
    content {
      name  = parameter.key
      value = parameter.value
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_iam_role" "monitoring" {
  name = "${var.name}-monitoring"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "monitoring.rds.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "monitoring" {
  role       = aws_iam_role.monitoring.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"
}

resource "aws_db_instance" "this" {
  identifier     = var.name
  engine         = "postgres"
  engine_version = var.engine_version
  instance_class = var.size.class
  db_name        = var.database

  # RDS makes the administrator's password, keeps it in Secrets Manager and changes it weekly. Only
  # the release reads it; the parts have logins of their own.
  username                      = "administrator"
  manage_master_user_password   = true
  master_user_secret_kms_key_id = var.secrets_key_arn

  allocated_storage     = var.size.storage
  max_allocated_storage = var.size.max_storage
  storage_type          = "gp3"
  storage_encrypted     = true
  kms_key_id            = var.key_arn
  multi_az              = var.size.multi_az

  db_subnet_group_name   = aws_db_subnet_group.this.name
  vpc_security_group_ids = [var.security_group_id]
  publicly_accessible    = false
  parameter_group_name   = aws_db_parameter_group.this.name
  ca_cert_identifier     = "rds-ca-rsa2048-g1"

  backup_retention_period  = var.recovery_days
  backup_window            = "01:00-02:00"
  maintenance_window       = "sun:02:30-sun:03:30"
  copy_tags_to_snapshot    = true
  delete_automated_backups = var.may_be_destroyed

  auto_minor_version_upgrade      = true
  monitoring_interval             = 60
  monitoring_role_arn             = aws_iam_role.monitoring.arn
  enabled_cloudwatch_logs_exports = ["postgresql", "upgrade"]

  deletion_protection       = !var.may_be_destroyed
  skip_final_snapshot       = var.may_be_destroyed
  final_snapshot_identifier = var.may_be_destroyed ? null : "${var.name}-last"
}

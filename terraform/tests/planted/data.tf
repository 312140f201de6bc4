# Databases, keys, logs and secrets, each of which breaks the policy that it is called by.

locals {
  databases = toset([
    "database_is_in_the_clear", "database_is_reached_from_outside", "database_cannot_be_taken_back",
    "database_password_is_in_state", "database_may_be_deleted",
  ])
}

resource "aws_db_instance" "planted" {
  for_each                    = local.databases
  identifier                  = replace(each.key, "_", "-")
  engine                      = "postgres"
  instance_class              = "db.t4g.small"
  allocated_storage           = 20
  username                    = "administrator"
  password                    = each.key == "database_password_is_in_state" ? "in-the-open" : null
  manage_master_user_password = each.key == "database_password_is_in_state" ? null : true
  storage_encrypted           = each.key != "database_is_in_the_clear"
  kms_key_id                  = local.key
  publicly_accessible         = each.key == "database_is_reached_from_outside"
  backup_retention_period     = each.key == "database_cannot_be_taken_back" ? 0 : 35
  deletion_protection         = each.key != "database_may_be_deleted"
  skip_final_snapshot         = each.key == "database_may_be_deleted"
}

resource "aws_backup_vault_lock_configuration" "real" {
  backup_vault_name  = "a-vault-of-what-is-real"
  min_retention_days = 7
}

resource "aws_db_parameter_group" "database_answers_without_tls" {
  name   = "without-tls"
  family = "postgres18"
  parameter {
    name  = "rds.force_ssl"
    value = "0"
  }
}

resource "aws_db_parameter_group" "database_log_tells_of_rows" {
  name   = "telling"
  family = "postgres18"
  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
  parameter {
    name  = "log_statement"
    value = "all"
  }
}

resource "aws_elasticache_replication_group" "redis_is_in_the_clear" {
  replication_group_id       = "clear"
  description                = "In the clear"
  node_type                  = "cache.t4g.micro"
  at_rest_encryption_enabled = true
  transit_encryption_enabled = false
}

resource "aws_elasticache_replication_group" "secret_is_in_state" {
  replication_group_id       = "secret"
  description                = "With its password in state"
  node_type                  = "cache.t4g.micro"
  at_rest_encryption_enabled = true
  transit_encryption_enabled = true
  auth_token                 = "a-password-in-the-open"
}

resource "aws_iam_access_key" "secret_is_in_state" {
  user = "somebody"
}

resource "aws_secretsmanager_secret_version" "secret_is_in_state" {
  secret_id     = "a-secret"
  secret_string = "in-the-open"
}

resource "aws_secretsmanager_secret" "secret_is_under_no_key_of_ours" {
  name = "under-the-accounts-key"
}

resource "aws_cloudwatch_log_group" "log_is_under_no_key_of_ours" {
  name              = "in-the-clear"
  retention_in_days = 30
}

resource "aws_sns_topic" "topic_is_under_no_key_of_ours" {
  name = "in-the-clear"
}

resource "aws_ecr_repository" "images_may_be_replaced" {
  name                 = "replaced"
  image_tag_mutability = "MUTABLE"
}

resource "aws_backup_plan" "backup_outlives_erasure" {
  name = "for-ever"
  rule {
    rule_name         = "nightly"
    target_vault_name = "vault"
    lifecycle {
      delete_after = 3650
    }
  }
}

resource "aws_sns_topic_subscription" "leaves_the_country" {
  topic_arn = "arn:aws:sns:us-east-1:123456789012:trouble"
  protocol  = "email"
  endpoint  = "operations@example.org"
}

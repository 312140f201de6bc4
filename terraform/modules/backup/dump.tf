# A dump every night as well (decision 0060): it is compared row for row when it is restored, which a
# snapshot is not, and opens without this account's RDS. How old the newest is, an alert asks.

locals {
  task = "arn:aws:ecs:${var.region}:${var.account_id}:task-definition/${var.dump.family}"
}

resource "aws_iam_role" "nightly" {
  name = "${var.name}-nightly"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "scheduler.amazonaws.com" }
      Condition = { StringEquals = { "aws:SourceAccount" = var.account_id } }
    }]
  })
}

resource "aws_iam_role_policy" "nightly" {
  name = "start-the-dump"
  role = aws_iam_role.nightly.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "StartIt"
        Effect    = "Allow"
        Action    = "ecs:RunTask"
        Resource  = "${local.task}:*"
        Condition = { ArnEquals = { "ecs:cluster" = var.dump.placed.cluster_arn } }
      },
      {
        Sid       = "AsItself"
        Effect    = "Allow"
        Action    = "iam:PassRole"
        Resource  = var.dump.roles
        Condition = { StringEquals = { "iam:PassedToService" = "ecs-tasks.amazonaws.com" } }
      },
    ]
  })
}

resource "aws_scheduler_schedule" "nightly" {
  name                         = "${var.name}-dump"
  description                  = "A dump of the record into the bucket of backups"
  schedule_expression          = "cron(0 2 * * ? *)"
  schedule_expression_timezone = "Europe/London"
  state                        = var.is_running ? "ENABLED" : "DISABLED"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = var.dump.placed.cluster_arn
    role_arn = aws_iam_role.nightly.arn

    ecs_parameters {
      task_definition_arn = local.task # the newest of its name
      launch_type         = "FARGATE"
      propagate_tags      = "TASK_DEFINITION"

      network_configuration {
        subnets          = var.dump.placed.subnet_ids
        security_groups  = var.dump.placed.security_group_ids
        assign_public_ip = false
      }
    }

    retry_policy {
      maximum_retry_attempts       = 3
      maximum_event_age_in_seconds = 3600
    }
  }
}

# Whom trouble is told. What AWS itself measures is in the table below; what the product measures, in
# metrics.tf. An alarm whose numbers do not come is an alarm.

resource "aws_sns_topic" "trouble" {
  name              = "${var.name}-trouble"
  kms_master_key_id = var.key_arn
}

resource "aws_sns_topic_subscription" "told" {
  for_each  = var.told
  topic_arn = aws_sns_topic.trouble.arn
  protocol  = "email"
  endpoint  = each.key
}

resource "aws_sns_topic_policy" "trouble" {
  arn = aws_sns_topic.trouble.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid    = "AlarmsAreTold"
      Effect = "Allow"
      Principal = { Service = [
        "aps.amazonaws.com", "cloudwatch.amazonaws.com", "events.amazonaws.com",
        "rds.amazonaws.com",
      ] }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.trouble.arn
      Condition = { StringEquals = { "aws:SourceAccount" = var.account_id } }
    }]
  })
}

locals {
  of_balancer = { LoadBalancer = var.balancer.load_balancer, TargetGroup = var.balancer.target_group }

  web = {
    web-not-well = {
      what       = "Fewer than two web tasks answer all that pages need.", space = "AWS/ApplicationELB"
      metric     = "HealthyHostCount", statistic = "Minimum", below = true, threshold = 2, minutes = 5, missing = "breaching"
      dimensions = local.of_balancer
    }
    web-errors = {
      what       = "Pages answer with errors.", space = "AWS/ApplicationELB"
      metric     = "HTTPCode_Target_5XX_Count", statistic = "Sum", below = false, threshold = 5, minutes = 5, missing = "notBreaching"
      dimensions = local.of_balancer
    }
    web-slow = {
      what       = "One page in twenty takes longer than two seconds.", space = "AWS/ApplicationELB"
      metric     = "TargetResponseTime", statistic = "p95", below = false, threshold = 2, minutes = 15, missing = "notBreaching"
      dimensions = local.of_balancer
    }
    web-not-reached = {
      what       = "The load balancer answers for the web application, which it does not reach.", space = "AWS/ApplicationELB"
      metric     = "HTTPCode_ELB_5XX_Count", statistic = "Sum", below = false, threshold = 5, minutes = 5, missing = "notBreaching"
      dimensions = { LoadBalancer = var.balancer.load_balancer }
    }
  }

  parts = { for part, count in var.cluster.services : "${part}-tasks" => {
    what       = "Fewer tasks of ${part} run than should.", space = "ECS/ContainerInsights"
    metric     = "RunningTaskCount", statistic = "Minimum", below = true, threshold = count, minutes = 10, missing = "breaching"
    dimensions = { ClusterName = var.cluster.name, ServiceName = part }
  } if count > 0 }

  databases = merge([for database, storage in var.databases : {
    "${database}-processor" = {
      what       = "The database server ${database} has been busy for a quarter of an hour.", space = "AWS/RDS"
      metric     = "CPUUtilization", statistic = "Average", below = false, threshold = 80, minutes = 15, missing = "breaching"
      dimensions = { DBInstanceIdentifier = database }
    }
    "${database}-storage" = {
      what       = "The database server ${database} has little storage left.", space = "AWS/RDS"
      metric     = "FreeStorageSpace", statistic = "Minimum", below = true, threshold = storage * 1073741824, minutes = 15, missing = "breaching"
      dimensions = { DBInstanceIdentifier = database }
    }
    "${database}-memory" = {
      what       = "The database server ${database} has little memory left.", space = "AWS/RDS"
      metric     = "FreeableMemory", statistic = "Minimum", below = true, threshold = 134217728, minutes = 15, missing = "breaching"
      dimensions = { DBInstanceIdentifier = database }
    }
  }]...)

  others = {
    redis-memory = {
      what       = "Prefect's Redis fills up.", space = "AWS/ElastiCache"
      metric     = "DatabaseMemoryUsagePercentage", statistic = "Maximum", below = false, threshold = 80, minutes = 15, missing = "notBreaching"
      dimensions = { ReplicationGroupId = var.redis }
    }
    backup-failed = {
      what       = "A night's backup was not made.", space = "AWS/Backup"
      metric     = "NumberOfBackupJobsFailed", statistic = "Sum", below = false, threshold = 0, minutes = 60, missing = "notBreaching"
      dimensions = { BackupVaultName = var.vault }
    }
    mail-bounces = {
      what       = "One e-mail in twenty bounces; at one in ten Amazon stops sending.", space = "AWS/SES"
      metric     = "Reputation.BounceRate", statistic = "Maximum", below = false, threshold = 0.05, minutes = 60, missing = "notBreaching"
      dimensions = {}
    }
  }

  alarms = merge(local.web, local.parts, local.databases, local.others)
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each            = local.alarms
  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.what
  namespace           = each.value.space
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = startswith(each.value.statistic, "p") ? null : each.value.statistic
  extended_statistic  = startswith(each.value.statistic, "p") ? each.value.statistic : null
  comparison_operator = each.value.below ? "LessThanThreshold" : "GreaterThanThreshold"
  threshold           = each.value.threshold
  period              = each.value.minutes * 60
  evaluation_periods  = 1
  treat_missing_data  = each.value.missing
  alarm_actions       = [aws_sns_topic.trouble.arn]
  ok_actions          = [aws_sns_topic.trouble.arn]
}

# What is told as it happens.

locals {
  events = {
    release-taken-back = {
      what = "A rolling release did not become well and was taken back."
      pattern = {
        source        = ["aws.ecs"]
        "detail-type" = ["ECS Deployment State Change"]
        detail        = { eventName = ["SERVICE_DEPLOYMENT_FAILED"] }
      }
    }
    key-in-danger = {
      what = "Somebody disabled a key or ordered its destruction: the files under it would be gone."
      pattern = {
        source        = ["aws.kms"]
        "detail-type" = ["AWS API Call via CloudTrail"]
        detail        = { eventName = ["DisableKey", "ScheduleKeyDeletion"] }
      }
    }
  }
}

resource "aws_cloudwatch_event_rule" "this" {
  for_each      = local.events
  name          = "${var.name}-${each.key}"
  description   = each.value.what
  event_pattern = jsonencode(each.value.pattern)
}

resource "aws_cloudwatch_event_target" "this" {
  for_each = aws_cloudwatch_event_rule.this
  rule     = each.value.name
  arn      = aws_sns_topic.trouble.arn
}

resource "aws_db_event_subscription" "this" {
  name             = "${var.name}-databases"
  sns_topic        = aws_sns_topic.trouble.arn
  source_type      = "db-instance"
  source_ids       = keys(var.databases)
  event_categories = ["availability", "deletion", "failover", "failure", "low storage", "recovery"]
}

# What runs, each of which breaks the policy that it is called by.

locals {
  sound = {
    name                   = "web"
    image                  = "keyline@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    essential              = true
    user                   = "10001"
    readonlyRootFilesystem = true
    linuxParameters        = { capabilities = { drop = ["ALL"] } }
    portMappings           = [{ containerPort = 8000 }]
    environment            = []
    healthCheck            = { command = ["CMD", "true"] }
    logConfiguration       = { logDriver = "awslogs" }
  }
  tasks = {
    container_may_be_written       = { readonlyRootFilesystem = false }
    container_has_rights           = { user = "root" }
    image_is_named_by_a_tag        = { image = "keyline:latest" }
    secret_stands_in_the_open      = { environment = [{ name = "KEYLINE_SECRET_KEY", value = "in-the-open" }] }
    nobody_sees_whether_it_is_well = { healthCheck = null }
    container_keeps_no_log         = { logConfiguration = { logDriver = "none" } }
  }
  services = {
    release_is_not_taken_back       = { rollback = false }
    release_makes_a_gap             = { least = 50 }
    there_is_one_only               = { count = 1 }
    service_is_reached_from_outside = { public = true }
    people_can_get_inside           = { inside = true }
  }
}

resource "aws_ecs_task_definition" "planted" {
  for_each              = local.tasks
  family                = each.key
  container_definitions = jsonencode([merge(local.sound, each.value)])
}

resource "aws_ecs_service" "planted" {
  for_each                           = local.services
  name                               = "web"
  cluster                            = "arn:aws:ecs:eu-west-2:123456789012:cluster/keyline"
  desired_count                      = lookup(each.value, "count", 2)
  deployment_minimum_healthy_percent = lookup(each.value, "least", 100)
  enable_execute_command             = lookup(each.value, "inside", false)
  deployment_circuit_breaker {
    enable   = true
    rollback = lookup(each.value, "rollback", true)
  }
  network_configuration {
    subnets          = ["subnet-1"]
    assign_public_ip = lookup(each.value, "public", false)
  }
}

resource "aws_cloudwatch_metric_alarm" "alarm_tells_nobody" {
  alarm_name          = "silent"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "CPUUtilization"
  namespace           = "AWS/RDS"
  period              = 300
  statistic           = "Average"
  threshold           = 80
}

resource "aws_sns_topic" "name_is_taken_already" {
  count = 2
  name  = "told-twice"
}

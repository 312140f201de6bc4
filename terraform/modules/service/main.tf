# One part: its log, its task definition and, unless it is run once and ends, its service.

locals {
  # Nothing in a container may be written but /tmp, which goes with the task.
  shut = {
    privileged             = false
    readonlyRootFilesystem = true
    linuxParameters = {
      initProcessEnabled = true
      capabilities       = { add = [], drop = ["ALL"] }
    }
    mountPoints = [{ sourceVolume = "tmp", containerPath = "/tmp", readOnly = false }]
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.this.name
        awslogs-region        = var.region
        awslogs-stream-prefix = var.part
        mode                  = "non-blocking"
        max-buffer-size       = "4m"
      }
    }
  }

  container = merge(local.shut, {
    name        = var.part
    image       = var.image
    command     = var.command
    essential   = true
    user        = "10001"
    stopTimeout = var.stop_seconds
    environment = [for name in sort(keys(var.environment)) : { name = name, value = var.environment[name] }]
    secrets     = [for name in sort(keys(var.secrets)) : { name = name, valueFrom = var.secrets[name] }]
    portMappings = var.port == null ? [] : [
      { containerPort = var.port, hostPort = var.port, protocol = "tcp" }
    ]
    }, var.is_well == null ? {} : {
    healthCheck = {
      command     = concat(["CMD"], var.is_well)
      interval    = 15
      timeout     = 10
      retries     = 4
      startPeriod = 60
    }
  })

  beside = [for each in var.beside : merge(local.shut, {
    name         = each.name
    image        = each.image
    command      = each.command
    essential    = false
    environment  = [for name in sort(keys(each.environment)) : { name = name, value = each.environment[name] }]
    secrets      = []
    portMappings = []
  })]
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/keyline/${var.name}/${var.part}"
  retention_in_days = var.log_days
  kms_key_id        = var.log_key_arn
}

resource "aws_ecs_task_definition" "this" {
  family                   = "${var.name}-${var.part}"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.size.cpu
  memory                   = var.size.memory
  execution_role_arn       = var.roles.starting
  task_role_arn            = var.roles.running
  container_definitions    = jsonencode(concat([local.container], local.beside))

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = "X86_64"
  }

  volume {
    name = "tmp"
  }
}

resource "aws_ecs_service" "this" {
  count           = var.placed == null ? 0 : 1
  name            = var.part
  cluster         = var.placed.cluster_arn
  task_definition = aws_ecs_task_definition.this.arn
  desired_count   = var.size.count
  launch_type     = "FARGATE"

  # A rolling release: the new ones must be well before the old ones go; else it is taken back.
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  enable_execute_command            = false
  enable_ecs_managed_tags           = true
  propagate_tags                    = "SERVICE"
  availability_zone_rebalancing     = "ENABLED"
  health_check_grace_period_seconds = var.target_group_arn == null ? null : 120

  network_configuration {
    subnets          = var.placed.subnet_ids
    security_groups  = var.placed.security_group_ids
    assign_public_ip = false
  }

  dynamic "load_balancer" {
    for_each = var.target_group_arn == null ? [] : [var.target_group_arn]
    content {
      target_group_arn = load_balancer.value
      container_name   = var.part
      container_port   = var.port
    }
  }

  dynamic "service_registries" {
    for_each = var.registry_arn == null ? [] : [var.registry_arn]
    content {
      registry_arn = service_registries.value
    }
  }
}

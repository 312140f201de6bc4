# What people of the shared service may do here by hand: look at parts, logs and alarms, and run the
# release. No file, no secret, no database, no key.

resource "aws_iam_role" "operator" {
  count                = length(var.operators) == 0 ? 0 : 1
  name                 = "${var.name}-operator"
  max_session_duration = 3600
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = var.operators }
      Condition = { Bool = { "aws:MultiFactorAuthPresent" = "true" } }
    }]
  })
}

resource "aws_iam_role_policy" "operator" {
  count = length(var.operators) == 0 ? 0 : 1
  name  = "operate"
  role  = aws_iam_role.operator[0].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "Look"
        Effect = "Allow"
        Action = [
          "cloudwatch:DescribeAlarms", "cloudwatch:GetMetricData", "cloudwatch:ListMetrics",
          "ecs:ListClusters", "ecs:ListServices", "ecs:ListTasks", "ecs:ListTaskDefinitions",
          "ecs:DescribeClusters", "ecs:DescribeServices", "ecs:DescribeTaskDefinition",
          "ecs:DescribeTasks", "elasticloadbalancing:DescribeTargetHealth",
          "logs:DescribeLogGroups", "rds:DescribeDBInstances", "rds:DescribeEvents",
        ]
        Resource = "*" # these know no resource, or name only what there is
      },
      {
        Sid      = "ReadLogs"
        Effect   = "Allow"
        Action   = ["logs:FilterLogEvents", "logs:GetLogEvents", "logs:StartQuery"]
        Resource = "arn:aws:logs:${var.region}:${var.account_id}:log-group:/keyline/${var.name}/*"
      },
      {
        Sid      = "RunTheRelease"
        Effect   = "Allow"
        Action   = "ecs:RunTask"
        Resource = "arn:aws:ecs:${var.region}:${var.account_id}:task-definition/${var.name}-release:*"
      },
      {
        Sid       = "AsTheRelease"
        Effect    = "Allow"
        Action    = "iam:PassRole"
        Resource  = [aws_iam_role.starting["release"].arn, aws_iam_role.running["release"].arn]
        Condition = { StringEquals = { "iam:PassedToService" = "ecs-tasks.amazonaws.com" } }
      },
    ]
  })
}

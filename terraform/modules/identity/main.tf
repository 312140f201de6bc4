# Who the parts are towards AWS, and what each may do there: nothing that is not in this file, in
# the policy of a bucket (modules/storage) or of a key (modules/keys, modules/tenant).
#
# A part has two roles. With the *starting* one ECS draws its image, reads its own secrets and
# writes its log, before the part runs; the part itself only ever holds the *running* one.

locals {
  parts      = toset(keys(var.secrets))
  keep_files = toset(["web", "worker", "commands"])
  measured   = toset(["web", "worker"])

  by_tasks = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Condition = {
        ArnLike      = { "aws:SourceArn" = "arn:aws:ecs:${var.region}:${var.account_id}:*" }
        StringEquals = { "aws:SourceAccount" = var.account_id }
      }
    }]
  })
}

resource "aws_iam_role" "starting" {
  for_each           = local.parts
  name               = "${var.name}-${each.key}-starting"
  assume_role_policy = local.by_tasks
}

resource "aws_iam_role_policy" "starting" {
  for_each = local.parts
  name     = "start"
  role     = aws_iam_role.starting[each.key].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "SignInToTheRegistry" # knows no resource
        Effect   = "Allow"
        Action   = "ecr:GetAuthorizationToken"
        Resource = "*"
      },
      {
        Sid    = "DrawTheImage"
        Effect = "Allow"
        Action = [
          "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer",
        ]
        Resource = var.repository_arn
      },
      {
        Sid      = "WriteItsLog"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "arn:aws:logs:${var.region}:${var.account_id}:log-group:/keyline/${var.name}/${each.key}:*"
      },
      {
        Sid      = "ReadItsSecrets"
        Effect   = "Allow"
        Action   = "secretsmanager:GetSecretValue"
        Resource = var.secrets[each.key]
      },
      {
        Sid       = "OpenThem"
        Effect    = "Allow"
        Action    = "kms:Decrypt"
        Resource  = var.secrets_key_arn
        Condition = { StringEquals = { "kms:ViaService" = "secretsmanager.${var.region}.amazonaws.com" } }
      },
    ]
  })
}

resource "aws_iam_role" "running" {
  for_each           = local.parts
  name               = "${var.name}-${each.key}"
  assume_role_policy = local.by_tasks
}

# What is asked of the bucket in services/storage/s3.py, and nothing else; an anchor is never removed.
resource "aws_iam_role_policy" "files" {
  for_each = local.keep_files
  name     = "files"
  role     = aws_iam_role.running[each.key].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "KnowTheBucket"
        Effect = "Allow"
        Action = [
          "s3:GetBucketObjectLockConfiguration", "s3:ListBucket", "s3:ListBucketVersions",
        ]
        Resource = var.cases_arn
      },
      {
        Sid    = "KeepFiles"
        Effect = "Allow"
        Action = [
          "s3:DeleteObjectVersion", "s3:GetObject", "s3:GetObjectRetention",
          "s3:GetObjectVersion", "s3:PutObject", "s3:PutObjectRetention",
        ]
        Resource = "${var.cases_arn}/t/*"
      },
      {
        Sid      = "KeepAnchors"
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:GetObjectRetention", "s3:GetObjectVersion", "s3:PutObject"]
        Resource = "${var.cases_arn}/anchors/*"
      },
      {
        Sid       = "ThroughTheBucket"
        Effect    = "Allow"
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = var.storage_key_arn
        Condition = { StringEquals = { "kms:ViaService" = "s3.${var.region}.amazonaws.com" } }
      },
    ]
  })
}

resource "aws_iam_role_policy" "metrics" {
  for_each = var.metrics_arn == "" ? toset([]) : local.measured
  name     = "metrics"
  role     = aws_iam_role.running[each.key].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "WriteMetrics"
      Effect   = "Allow"
      Action   = "aps:RemoteWrite"
      Resource = var.metrics_arn
    }]
  })
}

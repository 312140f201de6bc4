# The installation's own keys, one a purpose, and the places of its secrets. A partnership's key is
# in modules/tenant.

locals {
  root = "arn:aws:iam::${var.account_id}:root"

  # By which AWS service each key may be used; whoever uses it must be allowed both there and here.
  through = {
    data    = ["rds", "elasticache", "backup", "ec2", "fargate"]
    storage = ["s3"]
    secrets = ["secretsmanager"]
    logs    = ["aps", "sns"]
  }

  # AWS services that use a key in their own name.
  services = {
    data    = ["fargate.amazonaws.com"]
    storage = []
    secrets = []
    logs    = ["logs.${var.region}.amazonaws.com", "cloudwatch.amazonaws.com"]
  }
}

resource "aws_kms_key" "this" {
  for_each                = local.through
  description             = "Keyline ${var.name}: ${each.key}"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        {
          Sid       = "Administer"
          Effect    = "Allow"
          Principal = { AWS = local.root }
          Resource  = "*"
          Action = [
            "kms:CancelKeyDeletion", "kms:DescribeKey", "kms:DisableKey", "kms:EnableKey",
            "kms:EnableKeyRotation", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus",
            "kms:ListResourceTags", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion",
            "kms:TagResource", "kms:UntagResource", "kms:UpdateKeyDescription",
          ]
        },
        {
          Sid       = "UseThroughItsServices"
          Effect    = "Allow"
          Principal = { AWS = local.root }
          Resource  = "*"
          Action = [
            "kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt",
            "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom",
            "kms:ReEncryptTo",
          ]
          Condition = {
            StringEquals = {
              "kms:CallerAccount" = var.account_id
              "kms:ViaService"    = [for service in each.value : "${service}.${var.region}.amazonaws.com"]
            }
          }
        },
      ],
      [for service in local.services[each.key] : {
        Sid       = "Use${replace(title(replace(service, ".", " ")), " ", "")}"
        Effect    = "Allow"
        Principal = { Service = service }
        Resource  = "*"
        Action = [
          "kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt",
          "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom",
          "kms:ReEncryptTo",
        ]
        # The log service names what it encrypts; the others name the account they work for.
        Condition = startswith(service, "logs.") ? {
          ArnLike = {
            "kms:EncryptionContext:aws:logs:arn" = "arn:aws:logs:${var.region}:${var.account_id}:log-group:/keyline/${var.name}/*"
          }
          } : service == "cloudwatch.amazonaws.com" ? {
          StringEquals = { "aws:SourceAccount" = var.account_id }
          } : {
          StringEquals = { "kms:EncryptionContext:aws:ecs:clusterAccount" = var.account_id }
        }
      }]
    )
  })
}

resource "aws_kms_alias" "this" {
  for_each      = aws_kms_key.this
  name          = "alias/${var.name}-${each.key}"
  target_key_id = each.value.key_id
}

# Places without values: Terraform, its plans and its state never see what is in them.
resource "aws_secretsmanager_secret" "this" {
  for_each                = var.secrets
  name                    = "${var.name}/${each.key}"
  description             = each.value
  kms_key_id              = aws_kms_key.this["secrets"].arn
  recovery_window_in_days = var.recovery_days
}

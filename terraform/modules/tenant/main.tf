# One partnership: the key that its files are encrypted under (decision 0018). Only the parts that
# serve people and cases can use it, and only for this partnership; nobody who administers it can.

resource "aws_kms_key" "files" {
  description             = "Keyline ${var.name}: files of ${var.code}"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  tags                    = { partnership = var.code }
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Administer"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${var.account_id}:root" }
        Resource  = "*"
        Action = concat(
          [
            "kms:CancelKeyDeletion", "kms:CreateAlias", "kms:DeleteAlias", "kms:DescribeKey",
            "kms:EnableKey", "kms:EnableKeyRotation", "kms:GetKeyPolicy",
            "kms:GetKeyRotationStatus", "kms:ListResourceTags", "kms:PutKeyPolicy",
            "kms:TagResource", "kms:UntagResource", "kms:UpdateAlias",
            "kms:UpdateKeyDescription",
          ],
          var.may_be_destroyed ? ["kms:DisableKey", "kms:ScheduleKeyDeletion"] : [],
        )
      },
      {
        Sid       = "OpenAndKeepItsFiles"
        Effect    = "Allow"
        Principal = { AWS = var.users }
        Resource  = "*"
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Condition = { StringEquals = { "kms:EncryptionContext:partnership" = var.id } }
      },
      {
        Sid       = "KnowWhichKeyItIs"
        Effect    = "Allow"
        Principal = { AWS = var.users }
        Resource  = "*"
        Action    = ["kms:DescribeKey"]
      },
    ]
  })
}

resource "aws_kms_alias" "files" {
  name          = "alias/${var.alias_prefix}${var.id}"
  target_key_id = aws_kms_key.files.key_id
}

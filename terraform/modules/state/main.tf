# The bucket of Terraform's state: encrypted under a key that only administrators use, versioned, with
# a lock that is an object of its own (`use_lockfile`).

locals {
  name = "keyline-${var.account_id}-state"
  arn  = "arn:aws:s3:::${local.name}"
}

resource "aws_kms_key" "this" {
  description             = "Keyline: Terraform's state"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Administer"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${var.account_id}:root" }
        Resource  = "*"
        Action = [
          "kms:CancelKeyDeletion", "kms:DescribeKey", "kms:EnableKey", "kms:EnableKeyRotation",
          "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListResourceTags",
          "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:TagResource", "kms:UntagResource",
          "kms:UpdateKeyDescription",
        ]
      },
      {
        Sid       = "ReadAndWriteState"
        Effect    = "Allow"
        Principal = { AWS = var.administrators }
        Resource  = "*"
        Action    = ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"]
        Condition = { StringEquals = { "kms:ViaService" = "s3.eu-west-2.amazonaws.com" } }
      },
    ]
  })
}

resource "aws_s3_bucket" "this" {
  bucket = local.name

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_public_access_block" "this" {
  bucket                  = aws_s3_bucket.this.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "this" {
  bucket = aws_s3_bucket.this.bucket
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  bucket = aws_s3_bucket.this.bucket
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.this.arn
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "this" {
  bucket     = aws_s3_bucket.this.bucket
  depends_on = [aws_s3_bucket_versioning.this]

  rule {
    id     = "former-states"
    status = "Enabled"
    filter {}
    noncurrent_version_expiration {
      noncurrent_days = 400
    }
    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}

resource "aws_s3_bucket_policy" "this" {
  bucket     = aws_s3_bucket.this.bucket
  depends_on = [aws_s3_bucket_public_access_block.this]
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "OverTlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [local.arn, "${local.arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
      {
        Sid       = "UnderOurKeyOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:PutObject"
        Resource  = "${local.arn}/*"
        Condition = { StringNotEqualsIfExists = {
          "s3:x-amz-server-side-encryption-aws-kms-key-id" = aws_kms_key.this.arn
        } }
      },
    ]
  })
}

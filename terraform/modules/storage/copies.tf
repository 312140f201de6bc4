# Every anchor of the audit is copied, by S3 itself, to where the product has no right at all.

resource "aws_iam_role" "copies" {
  name = "${var.name}-anchor-copies"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "s3.amazonaws.com" }
      Condition = { StringEquals = { "aws:SourceAccount" = var.account_id } }
    }]
  })
}

resource "aws_iam_role_policy" "copies" {
  name = "copy-anchors"
  role = aws_iam_role.copies.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["s3:GetReplicationConfiguration", "s3:ListBucket"]
        Resource = local.arns["cases"]
      },
      {
        Effect = "Allow"
        Action = [
          "s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl",
          "s3:GetObjectVersionTagging", "s3:GetObjectRetention", "s3:GetObjectLegalHold",
        ]
        Resource = "${local.arns["cases"]}/anchors/*"
      },
      {
        Effect   = "Allow"
        Action   = ["s3:ReplicateObject", "s3:ReplicateTags"]
        Resource = "${local.arns["anchors"]}/anchors/*"
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"]
        Resource = var.key_arn
      },
    ]
  })
}

resource "aws_s3_bucket_replication_configuration" "anchors" {
  bucket     = aws_s3_bucket.this["cases"].bucket
  role       = aws_iam_role.copies.arn
  depends_on = [aws_s3_bucket_versioning.this]

  rule {
    id       = "anchors"
    status   = "Enabled"
    priority = 1
    filter {
      prefix = "anchors/"
    }
    delete_marker_replication {
      status = "Disabled"
    }
    source_selection_criteria {
      sse_kms_encrypted_objects {
        status = "Enabled"
      }
    }
    destination {
      bucket = local.arns["anchors"]
      encryption_configuration {
        replica_kms_key_id = var.key_arn
      }
    }
  }
}

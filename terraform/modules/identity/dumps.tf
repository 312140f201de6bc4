# Whoever makes dumps puts them, reads them again for a drill and takes none away. A drill reads what
# the restored rows name: files and anchors, of which it writes none.

resource "aws_iam_role_policy" "dumps" {
  name = "dumps"
  role = aws_iam_role.running["backup"].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "KnowTheBuckets"
        Effect   = "Allow"
        Action   = ["s3:ListBucket", "s3:ListBucketVersions"]
        Resource = [var.backups_arn, var.cases_arn]
      },
      {
        Sid      = "PutAndReadDumps"
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:PutObject"]
        Resource = "${var.backups_arn}/*"
      },
      {
        Sid      = "ReadFilesAndAnchors"
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:GetObjectRetention", "s3:GetObjectVersion"]
        Resource = ["${var.cases_arn}/t/*", "${var.cases_arn}/anchors/*"]
      },
      {
        Sid       = "ThroughTheBuckets"
        Effect    = "Allow"
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = var.storage_key_arn
        Condition = { StringEquals = { "kms:ViaService" = "s3.${var.region}.amazonaws.com" } }
      },
    ]
  })
}

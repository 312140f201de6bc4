# What each bucket refuses, whoever asks.

locals {
  everything = { for class, arn in local.arns : class => [arn, "${arn}/*"] }

  over_tls = { for class in keys(local.classes) : class => [
    {
      Sid       = "OverTlsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = local.everything[class]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    },
    {
      Sid       = "NewTlsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = local.everything[class]
      Condition = { NumericLessThan = { "s3:TlsVersion" = "1.2" } }
    },
  ] }

  # A put that names no key is encrypted under the bucket's own; one that names another is refused.
  under_our_key = { for class, how in local.classes : class => [
    {
      Sid       = "UnderOurKeyOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:PutObject"
      Resource  = "${local.arns[class]}/*"
      Condition = { StringNotEqualsIfExists = {
        "s3:x-amz-server-side-encryption-aws-kms-key-id" = var.key_arn
      } }
    },
    {
      Sid       = "UnderAKeyOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:PutObject"
      Resource  = "${local.arns[class]}/*"
      Condition = { StringNotEqualsIfExists = { "s3:x-amz-server-side-encryption" = "aws:kms" } }
    },
  ] if how.key }

  locks_hold = { for class, how in local.classes : class => [{
    Sid       = "LocksHold"
    Effect    = "Deny"
    Principal = "*"
    Action    = ["s3:BypassGovernanceRetention", "s3:PutBucketObjectLockConfiguration"]
    Resource  = local.everything[class]
    Condition = { Bool = { "aws:PrincipalIsAWSService" = "false" } }
  }] if how.object_lock && !var.may_be_destroyed }

  # Nobody reads or writes a case's files from outside the network: no administrator, no console.
  from_the_network = { cases = [{
    Sid       = "FromTheNetworkOnly"
    Effect    = "Deny"
    Principal = "*"
    Action = [
      "s3:DeleteObject", "s3:DeleteObjectVersion", "s3:GetObject", "s3:GetObjectVersion",
      "s3:PutObject", "s3:RestoreObject",
    ]
    Resource = "${local.arns["cases"]}/*"
    Condition = {
      StringNotEqualsIfExists = { "aws:SourceVpce" = var.case_endpoint_id }
      ArnNotEquals            = { "aws:PrincipalArn" = aws_iam_role.copies.arn }
    }
  }] }

  written_by = { logs = [
    {
      Sid       = "TheLoadBalancerWrites"
      Effect    = "Allow"
      Principal = { Service = "logdelivery.elasticloadbalancing.amazonaws.com" }
      Action    = "s3:PutObject"
      Resource  = "${local.arns["logs"]}/balancer/AWSLogs/${var.account_id}/*"
    },
    {
      Sid       = "TheBucketsWrite"
      Effect    = "Allow"
      Principal = { Service = "logging.s3.amazonaws.com" }
      Action    = "s3:PutObject"
      Resource  = "${local.arns["logs"]}/buckets/*"
      Condition = {
        ArnLike      = { "aws:SourceArn" = [for class in local.watched : local.arns[class]] }
        StringEquals = { "aws:SourceAccount" = var.account_id }
      }
    },
  ] }
}

resource "aws_s3_bucket_policy" "this" {
  for_each   = aws_s3_bucket.this
  bucket     = each.value.bucket
  depends_on = [aws_s3_bucket_public_access_block.this]
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      local.over_tls[each.key],
      lookup(local.under_our_key, each.key, []),
      lookup(local.locks_hold, each.key, []),
      lookup(local.from_the_network, each.key, []),
      lookup(local.written_by, each.key, []),
    )
  })
}

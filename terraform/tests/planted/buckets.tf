# Buckets, each of which breaks the policy that it is called by, and that one at the least.

locals {
  buckets = {
    bucket_is_public                       = { class = "logs" }
    bucket_keeps_no_versions               = { class = "logs" }
    bucket_is_under_no_key_of_ours         = { class = "backups" }
    bucket_answers_without_tls             = { class = "logs" }
    bucket_takes_any_key                   = { class = "backups" }
    bucket_is_not_locked_as_its_class_asks = { class = "anchors" }
    cases_are_read_from_anywhere           = { class = "cases" }
  }
  key = "arn:aws:kms:eu-west-2:123456789012:key/11111111-2222-3333-4444-555555555555"
  tls = {
    Effect    = "Deny"
    Principal = "*"
    Action    = "s3:*"
    Resource  = "*"
    Condition = { Bool = { "aws:SecureTransport" = "false" } }
  }
  other_key = {
    Effect    = "Deny"
    Principal = "*"
    Action    = "s3:PutObject"
    Resource  = "*"
    Condition = { StringNotEqualsIfExists = { "s3:x-amz-server-side-encryption-aws-kms-key-id" = local.key } }
  }
}

resource "aws_s3_bucket" "planted" {
  for_each            = local.buckets
  bucket              = replace(each.key, "_", "-")
  object_lock_enabled = each.key != "bucket_is_not_locked_as_its_class_asks"
  tags                = { class = each.value.class }
}

resource "aws_s3_bucket_public_access_block" "planted" {
  for_each                = local.buckets
  bucket                  = aws_s3_bucket.planted[each.key].bucket
  block_public_acls       = true
  block_public_policy     = each.key != "bucket_is_public"
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "planted" {
  for_each = local.buckets
  bucket   = aws_s3_bucket.planted[each.key].bucket
  versioning_configuration {
    status = each.key == "bucket_keeps_no_versions" ? "Suspended" : "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "planted" {
  for_each = local.buckets
  bucket   = aws_s3_bucket.planted[each.key].bucket
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = contains(["bucket_is_under_no_key_of_ours"], each.key) || each.value.class == "logs" ? "AES256" : "aws:kms"
      kms_master_key_id = contains(["bucket_is_under_no_key_of_ours"], each.key) || each.value.class == "logs" ? null : local.key
    }
  }
}

resource "aws_s3_bucket_policy" "planted" {
  for_each = local.buckets
  bucket   = aws_s3_bucket.planted[each.key].bucket
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      each.key == "bucket_answers_without_tls" ? [] : [local.tls],
      each.key == "bucket_takes_any_key" ? [] : [local.other_key],
    )
  })
}

resource "aws_s3_bucket_replication_configuration" "anchors_are_not_copied" {
  bucket = "cases"
  role   = "arn:aws:iam::123456789012:role/x"
  rule {
    status = "Disabled"
    filter {
      prefix = "anchors/"
    }
    delete_marker_replication {
      status = "Disabled"
    }
    destination {
      bucket = "arn:aws:s3:::elsewhere"
    }
  }
}

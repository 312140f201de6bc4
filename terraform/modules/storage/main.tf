# Buckets by life-cycle class, each partnership under a prefix of its own (`t/ID/`).
#
#   cases    what the product keeps: encrypted files, and the audit's anchors. Versions are kept;
#            what may go is removed by the product, which alone knows what a row still names. Locks
#            are put by the product on published reports: never on all, for it may have to erase.
#   anchors  copies of the anchors, which nobody can remove before their time, Keyline included.
#   backups  dumps of the database: locked, and gone after their time.
#   logs     who asked for what at the load balancer and at these buckets.

locals {
  classes = {
    cases   = { object_lock = true, retention = null, expires = null, key = true }
    anchors = { object_lock = true, retention = var.anchor_lock, expires = null, key = true }
    backups = {
      object_lock = true
      retention   = { mode = "GOVERNANCE", days = var.backup_days }
      expires     = var.backup_days + 1
      key         = true
    }
    # The load balancer can write under S3's own key only.
    logs = { object_lock = false, retention = null, expires = var.log_days, key = false }
  }
  names   = { for class in keys(local.classes) : class => "${var.name}-${var.account_id}-${class}" }
  arns    = { for class, name in local.names : class => "arn:aws:s3:::${name}" }
  locked  = { for class, how in local.classes : class => how.retention if how.retention != null }
  watched = toset(["cases", "anchors", "backups"])
}

resource "aws_s3_bucket" "this" {
  for_each            = local.classes
  bucket              = local.names[each.key]
  object_lock_enabled = each.value.object_lock
  force_destroy       = var.may_be_destroyed
  tags                = { class = each.key }
}

resource "aws_s3_bucket_public_access_block" "this" {
  for_each                = aws_s3_bucket.this
  bucket                  = each.value.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "this" {
  for_each = aws_s3_bucket.this
  bucket   = each.value.bucket
  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_versioning" "this" {
  for_each = aws_s3_bucket.this
  bucket   = each.value.bucket
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_object_lock_configuration" "this" {
  for_each   = local.locked
  bucket     = aws_s3_bucket.this[each.key].bucket
  depends_on = [aws_s3_bucket_versioning.this]
  rule {
    default_retention {
      mode = each.value.mode
      days = each.value.days
    }
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  for_each = aws_s3_bucket.this
  bucket   = each.value.bucket
  rule {
    bucket_key_enabled = local.classes[each.key].key
    apply_server_side_encryption_by_default {
      sse_algorithm     = local.classes[each.key].key ? "aws:kms" : "AES256"
      kms_master_key_id = local.classes[each.key].key ? var.key_arn : null
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "this" {
  for_each   = aws_s3_bucket.this
  bucket     = each.value.bucket
  depends_on = [aws_s3_bucket_versioning.this]

  rule {
    id     = "uploads-broken-off"
    status = "Enabled"
    filter {}
    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }

  dynamic "rule" {
    for_each = local.classes[each.key].expires == null ? [] : [local.classes[each.key].expires]
    content {
      id     = "after-its-time"
      status = "Enabled"
      filter {}
      expiration {
        days = rule.value
      }
      noncurrent_version_expiration {
        noncurrent_days = 1
      }
    }
  }
}

resource "aws_s3_bucket_logging" "this" {
  for_each      = local.watched
  bucket        = aws_s3_bucket.this[each.key].bucket
  target_bucket = aws_s3_bucket.this["logs"].bucket
  target_prefix = "buckets/${each.key}/"
}

# The firewall before the load balancer. What people write about a family goes in the body of a form:
# a rule that takes such words for an attack would lose what was typed, so rules that read bodies only
# count. The product checks every body itself (services/web/forms).

locals {
  managed = {
    known-addresses = { order = 10, group = "AWSManagedRulesAmazonIpReputationList", count = [] }
    known-inputs    = { order = 20, group = "AWSManagedRulesKnownBadInputsRuleSet", count = [] }
    common = {
      order = 30
      group = "AWSManagedRulesCommonRuleSet"
      count = [
        "SizeRestrictions_BODY", "CrossSiteScripting_BODY", "GenericLFI_BODY", "GenericRFI_BODY",
        "EC2MetaDataSSRF_BODY",
      ]
    }
  }
}

resource "aws_wafv2_web_acl" "this" {
  name  = var.name
  scope = "REGIONAL"

  default_action {
    allow {}
  }

  rule {
    name     = "too-many-requests"
    priority = 1
    action {
      block {}
    }
    statement {
      rate_based_statement {
        limit              = var.requests_per_address
        aggregate_key_type = "IP"
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "${var.name}-too-many-requests"
      sampled_requests_enabled   = false
    }
  }

  dynamic "rule" {
    for_each = local.managed
    content {
      name     = rule.key
      priority = rule.value.order
      override_action {
        none {}
      }
      statement {
        managed_rule_group_statement {
          vendor_name = "AWS"
          name        = rule.value.group

          dynamic "rule_action_override" {
            for_each = rule.value.count
            content {
              name = rule_action_override.value
              action_to_use {
                count {}
              }
            }
          }
        }
      }
      visibility_config {
        cloudwatch_metrics_enabled = true
        metric_name                = "${var.name}-${rule.key}"
        sampled_requests_enabled   = false
      }
    }
  }

  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = var.name
    sampled_requests_enabled   = false # a sample would show cookies
  }
}

resource "aws_wafv2_web_acl_association" "this" {
  resource_arn = aws_lb.this.arn
  web_acl_arn  = aws_wafv2_web_acl.this.arn
}

resource "aws_cloudwatch_log_group" "firewall" {
  name              = "aws-waf-logs-${var.name}" # AWS asks for this beginning
  retention_in_days = var.log.days
  kms_key_id        = var.log.key_arn
}

resource "aws_wafv2_web_acl_logging_configuration" "this" {
  resource_arn            = aws_wafv2_web_acl.this.arn
  log_destination_configs = [aws_cloudwatch_log_group.firewall.arn]

  dynamic "redacted_fields" {
    for_each = ["cookie", "authorization"]
    content {
      single_header {
        name = redacted_fields.value
      }
    }
  }

  # What was let through is the load balancer's to log.
  logging_filter {
    default_behavior = "DROP"
    filter {
      behavior    = "KEEP"
      requirement = "MEETS_ANY"
      condition {
        action_condition {
          action = "BLOCK"
        }
      }
      condition {
        action_condition {
          action = "COUNT"
        }
      }
    }
  }
}

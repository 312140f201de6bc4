# How e-mails leave: Amazon SES, or a relay that somebody else keeps. Either is spoken to by SMTP.

locals {
  is_ses = var.relay.host == "ses"
  domain = split("@", var.sender)[1]
  one    = local.is_ses ? toset([local.domain]) : toset([])
  zoned  = var.zone_id == "" ? toset([]) : local.one
}

resource "aws_sesv2_configuration_set" "this" {
  for_each               = local.one
  configuration_set_name = var.name

  delivery_options {
    tls_policy = "REQUIRE"
  }

  reputation_options {
    reputation_metrics_enabled = true
  }

  sending_options {
    sending_enabled = true
  }
}

resource "aws_sesv2_configuration_set_event_destination" "came_back" {
  for_each               = local.one
  configuration_set_name = aws_sesv2_configuration_set.this[each.key].configuration_set_name
  event_destination_name = "came-back"

  event_destination {
    enabled              = true
    matching_event_types = ["BOUNCE", "COMPLAINT", "REJECT", "RENDERING_FAILURE"]
    cloud_watch_destination {
      dimension_configuration {
        default_dimension_value = var.name
        dimension_name          = "installation"
        dimension_value_source  = "MESSAGE_TAG"
      }
    }
  }
}

resource "aws_sesv2_email_identity" "this" {
  for_each               = local.one
  email_identity         = each.key
  configuration_set_name = aws_sesv2_configuration_set.this[each.key].configuration_set_name

  dkim_signing_attributes {
    next_signing_key_length = "RSA_2048_BIT"
  }
}

# Bounces come to the sender's mailbox as well, from where `./keyline bounces` takes them.
resource "aws_sesv2_email_identity_feedback_attributes" "this" {
  for_each                 = local.one
  email_identity           = aws_sesv2_email_identity.this[each.key].email_identity
  email_forwarding_enabled = true
}

resource "aws_sesv2_email_identity_mail_from_attributes" "this" {
  for_each               = local.one
  email_identity         = aws_sesv2_email_identity.this[each.key].email_identity
  behavior_on_mx_failure = "REJECT_MESSAGE"
  mail_from_domain       = "bounce.${each.key}"
}

locals {
  records = flatten([for domain in local.one : concat(
    [
      { key = "from-mx", name = "bounce.${domain}", type = "MX", value = "10 feedback-smtp.${var.region}.amazonses.com" },
      { key = "from-spf", name = "bounce.${domain}", type = "TXT", value = "v=spf1 include:amazonses.com -all" },
      { key = "dmarc", name = "_dmarc.${domain}", type = "TXT", value = "v=DMARC1; p=reject; adkim=s; aspf=r" },
    ],
    [for index in range(3) : {
      key   = "dkim-${index}"
      name  = "${aws_sesv2_email_identity.this[domain].dkim_signing_attributes[0].tokens[index]}._domainkey.${domain}"
      type  = "CNAME"
      value = "${aws_sesv2_email_identity.this[domain].dkim_signing_attributes[0].tokens[index]}.dkim.amazonses.com"
    }],
  )])
  keys = ["from-mx", "from-spf", "dmarc", "dkim-0", "dkim-1", "dkim-2"]
}

resource "aws_route53_record" "this" {
  for_each = length(local.zoned) == 0 ? toset([]) : toset(local.keys)
  zone_id  = var.zone_id
  name     = one([for record in local.records : record.name if record.key == each.key])
  type     = one([for record in local.records : record.type if record.key == each.key])
  records  = [for record in local.records : record.value if record.key == each.key]
  ttl      = 1800
}

# Who signs in to SES's SMTP; its password is made and put by `python -m deployments.production_secrets`.

resource "aws_iam_user" "smtp" {
  for_each = local.one
  name     = "${var.name}-smtp"
  # Its access key is made outside Terraform, and goes with it.
  force_destroy = true
}

resource "aws_iam_user_policy" "smtp" {
  for_each = local.one
  name     = "send-as-keyline"
  user     = aws_iam_user.smtp[each.key].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "ses:SendRawEmail"
      Resource  = [aws_sesv2_email_identity.this[each.key].arn, aws_sesv2_configuration_set.this[each.key].arn]
      Condition = { StringEquals = { "ses:FromAddress" = var.sender } }
    }]
  })
}

# Policies and roles, each of which breaks the policy that it is called by.

locals {
  root = "arn:aws:iam::123456789012:root"
}

resource "aws_kms_key" "key_is_never_rotated" {
  enable_key_rotation     = false
  deletion_window_in_days = 30
  policy                  = jsonencode({ Version = "2012-10-17", Statement = [] })
}

resource "aws_kms_key" "key_opens_without_a_limit" {
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Principal = { AWS = local.root }, Action = ["kms:Decrypt"], Resource = "*" },
  ] })
}

resource "aws_kms_key" "partnerships_key_opens_another" {
  enable_key_rotation     = true
  deletion_window_in_days = 30
  tags                    = { partnership = "TRV" }
  policy = jsonencode({ Version = "2012-10-17", Statement = [{
    Effect    = "Allow"
    Principal = { AWS = "arn:aws:iam::123456789012:role/web" }
    Action    = ["kms:Decrypt"]
    Resource  = "*"
    Condition = { StringEquals = { "kms:ViaService" = "s3.eu-west-2.amazonaws.com" } }
  }] })
}

resource "aws_sns_topic_policy" "anybody_is_allowed" {
  arn = "arn:aws:sns:eu-west-2:123456789012:trouble"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Principal = { AWS = "*" }, Action = "sns:Publish", Resource = "arn:aws:sns:eu-west-2:123456789012:trouble" },
  ] })
}

resource "aws_iam_role_policy" "any_action_is_allowed" {
  role = "somebody"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "s3:*", Resource = "arn:aws:s3:::cases" },
  ] })
}

resource "aws_iam_role_policy" "any_resource_is_allowed" {
  role = "somebody"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = ["s3:GetObject"], Resource = "*" },
  ] })
}

resource "aws_iam_role" "role_is_taken_by_a_stranger" {
  name = "stranger"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Principal = { AWS = "arn:aws:iam::999999999999:root" }, Action = "sts:AssumeRole" },
  ] })
}

resource "aws_iam_role" "parts_role_is_taken_from_another_account" {
  name = "task"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Principal = { Service = "ecs-tasks.amazonaws.com" }, Action = "sts:AssumeRole" },
  ] })
}

resource "aws_iam_role_policy_attachment" "policy_is_not_ours" {
  role       = "somebody"
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

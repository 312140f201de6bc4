# Everything is planned with a provider that is not there: what AWS would answer is said below. The
# plans are read by tests/terraform/, policy by policy.

mock_provider "aws" {
  override_during = plan

  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_region" {
    defaults = { name = "eu-west-2" }
  }
  mock_resource "aws_kms_key" {
    defaults = {
      arn    = "arn:aws:kms:eu-west-2:123456789012:key/11111111-2222-3333-4444-555555555555"
      key_id = "11111111-2222-3333-4444-555555555555"
    }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/a-role" }
  }
  mock_resource "aws_lb" {
    defaults = { arn = "arn:aws:elasticloadbalancing:eu-west-2:123456789012:loadbalancer/app/x/0123456789abcdef" }
  }
  mock_resource "aws_lb_target_group" {
    defaults = { arn = "arn:aws:elasticloadbalancing:eu-west-2:123456789012:targetgroup/x/0123456789abcdef" }
  }
  mock_resource "aws_acm_certificate" {
    defaults = {
      arn = "arn:aws:acm:eu-west-2:123456789012:certificate/11111111-2222-3333-4444-555555555555"
      domain_validation_options = [{
        domain_name           = "keyline.example.org"
        resource_record_name  = "_proof.keyline.example.org"
        resource_record_type  = "CNAME"
        resource_record_value = "proof.acm-validations.aws"
      }]
    }
  }
  mock_resource "aws_acm_certificate_validation" {
    defaults = { certificate_arn = "arn:aws:acm:eu-west-2:123456789012:certificate/11111111-2222-3333-4444-555555555555" }
  }
  mock_resource "aws_secretsmanager_secret" {
    defaults = { arn = "arn:aws:secretsmanager:eu-west-2:123456789012:secret:a-secret" }
  }
  mock_resource "aws_ecs_cluster" {
    defaults = { arn = "arn:aws:ecs:eu-west-2:123456789012:cluster/keyline" }
  }
  mock_resource "aws_ecs_task_definition" {
    defaults = { arn = "arn:aws:ecs:eu-west-2:123456789012:task-definition/x:1" }
  }
  mock_resource "aws_ecr_repository" {
    defaults = { arn = "arn:aws:ecr:eu-west-2:123456789012:repository/keyline" }
  }
  mock_resource "aws_db_instance" {
    defaults = {
      arn                = "arn:aws:rds:eu-west-2:123456789012:db:keyline"
      address            = "keyline.example.eu-west-2.rds.amazonaws.com"
      master_user_secret = [{ secret_arn = "arn:aws:secretsmanager:eu-west-2:123456789012:secret:administrator" }]
    }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-west-2:123456789012:log-group:a-log" }
  }
  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:eu-west-2:123456789012:trouble" }
  }
  mock_resource "aws_wafv2_web_acl" {
    defaults = { arn = "arn:aws:wafv2:eu-west-2:123456789012:regional/webacl/x/11111111-2222-3333-4444-555555555555" }
  }
  mock_resource "aws_prometheus_workspace" {
    defaults = {
      arn                 = "arn:aws:aps:eu-west-2:123456789012:workspace/ws-1"
      prometheus_endpoint = "https://aps-workspaces.eu-west-2.amazonaws.com/workspaces/ws-1/"
    }
  }
  mock_resource "aws_vpc_endpoint" {
    defaults = { id = "vpce-0123456789abcdef0" }
  }
  mock_resource "aws_backup_vault" {
    defaults = { arn = "arn:aws:backup:eu-west-2:123456789012:backup-vault:keyline" }
  }
  mock_resource "aws_service_discovery_service" {
    defaults = { arn = "arn:aws:servicediscovery:eu-west-2:123456789012:service/srv-0123456789abcdef" }
  }
  mock_resource "aws_sesv2_email_identity" {
    defaults = {
      arn                     = "arn:aws:ses:eu-west-2:123456789012:identity/example.org"
      dkim_signing_attributes = { tokens = ["one", "two", "three"] }
    }
  }
  mock_resource "aws_sesv2_configuration_set" {
    defaults = { arn = "arn:aws:ses:eu-west-2:123456789012:configuration-set/keyline" }
  }
}

variables {
  account_id   = "123456789012"
  image        = "123456789012.dkr.ecr.eu-west-2.amazonaws.com/keyline@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  domain       = "keyline.example.org"
  told         = ["operations@example.org"]
  partnerships = { EAS = {}, NOR = {}, TRV = {} }
}

run "dev" {
  command = plan
  module {
    source = "./envs/dev"
  }
  variables {
    mail = { host = "relay.example.org", sender = "keyline@example.org" }
  }
}

run "prod" {
  command = plan
  module {
    source = "./envs/prod"
  }
  variables {
    mail            = { host = "ses", sender = "keyline@example.org", zone_id = "Z0123456789ABCDEFGHIJ" }
    zone_id         = "Z0123456789ABCDEFGHIJ"
    operators       = ["arn:aws:iam::210987654321:role/people"]
    collector_image = "123456789012.dkr.ecr.eu-west-2.amazonaws.com/collector@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    scanner_image   = "123456789012.dkr.ecr.eu-west-2.amazonaws.com/clamd@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  }
}

run "state" {
  command = plan
  module {
    source = "./envs/state"
  }
  variables {
    administrators = ["arn:aws:iam::123456789012:role/administrators"]
  }
}

# Each of these is refused, and by its own rule.
run "refused" {
  command = plan
  variables {
    name             = "Keyline!"
    region           = "us-east-1"
    environment      = "staging"
    partnerships     = { "not a code" = {} }
    domain           = "https://keyline"
    image            = "keyline:latest"
    release_image    = "keyline:latest"
    is_running       = true
    mail             = { host = "ses", sender = "no-reply@keyline.invalid" }
    told             = []
    database_tls     = { mode = "disable", ca_file = "" }
    may_be_destroyed = true
    network          = { cidr = "10.0.0.0/16", zones = ["a", "x"], one_nat_gateway = true, private_services = [] }
    keeping          = { recovery_days = 7, backup_days = 7, log_days = 30, anchors = { mode = "GOVERNANCE", days = 1 } }
    sizes = {
      web              = { cpu = 512, memory = 1024, count = 1 }
      worker           = { cpu = 512, memory = 1024, count = 2 }
      prefect          = { cpu = 512, memory = 1024, count = 2 }
      redis            = { node = "cache.t4g.micro", count = 2 }
      database         = { class = "db.t4g.small", storage = 20, max_storage = 50, multi_az = false }
      prefect_database = { class = "db.t4g.small", storage = 20, max_storage = 50, multi_az = false }
    }
  }
  expect_failures = [
    var.name, var.region, var.environment, var.partnerships, var.domain, var.image,
    var.release_image, var.mail, var.database_tls, var.network, var.sizes,
  ]
}

# For each policy something that breaks it: a policy that finds nothing here finds nothing anywhere.
run "planted" {
  command = plan
  module {
    source = "./tests/planted"
  }
}

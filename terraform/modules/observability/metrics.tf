# What the product measures itself: a collector beside each part reads its private port and hands the
# numbers to Amazon's Prometheus in London, which holds them against the product's own alert rules, the
# files that promtool tries. An alert that fires is told where the alarms above are.

locals {
  measured = var.is_measured ? toset(["this"]) : toset([])
  rules = { for file in fileset(var.rules, "*.yml") :
  trimsuffix(file, ".yml") => "${var.rules}/${file}" if var.is_measured && !endswith(file, "_test.yml") }
}

resource "aws_prometheus_workspace" "this" {
  for_each    = local.measured
  alias       = var.name
  kms_key_arn = var.key_arn
}

resource "aws_prometheus_rule_group_namespace" "this" {
  for_each     = local.rules
  name         = each.key
  workspace_id = aws_prometheus_workspace.this["this"].id
  data         = file(each.value)
}

resource "aws_prometheus_alert_manager_definition" "this" {
  for_each     = local.measured
  workspace_id = aws_prometheus_workspace.this[each.key].id
  definition = yamlencode({
    alertmanager_config = yamlencode({
      route = { receiver = "told", group_by = ["alertname"], repeat_interval = "4h" }
      receivers = [{
        name        = "told"
        sns_configs = [{ topic_arn = aws_sns_topic.trouble.arn, sigv4 = { region = var.region } }]
      }]
    })
  })
}

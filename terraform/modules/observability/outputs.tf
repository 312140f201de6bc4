output "topic_arn" {
  description = "To where trouble is told."
  value       = aws_sns_topic.trouble.arn
}

output "metrics" {
  description = "Where collectors write to: the workspace, and its address; empty where there is none."
  value = {
    arn     = try(aws_prometheus_workspace.this["this"].arn, "")
    address = try(aws_prometheus_workspace.this["this"].prometheus_endpoint, "")
  }
}

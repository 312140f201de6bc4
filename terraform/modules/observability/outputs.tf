output "topic_arn" {
  description = "To where trouble is told."
  value       = aws_sns_topic.trouble.arn
}

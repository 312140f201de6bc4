output "task_definition_arn" {
  description = "How it is run."
  value       = aws_ecs_task_definition.this.arn
}

output "family" {
  description = "What its task definitions are called, without the number of one."
  value       = aws_ecs_task_definition.this.family
}

output "service" {
  description = "What its service is called, for alarms; null for a task that is run once."
  value       = try(aws_ecs_service.this[0].name, null)
}

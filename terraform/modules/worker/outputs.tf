output "service" {
  description = "What the service is called, for alarms."
  value       = module.worker.service
}

output "task_definition_arn" {
  description = "How it is run; also once, with the words `reencrypt`."
  value       = module.worker.task_definition_arn
}

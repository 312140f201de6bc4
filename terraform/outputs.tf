output "address" {
  description = "To where the domain must point."
  value       = module.app.address
}

output "dns_records" {
  description = "The records that somebody must enter where the zones are not ours."
  value       = concat(module.app.dns_records, module.mail.dns_records)
}

output "repository" {
  description = "To where the image is pushed."
  value       = module.cluster.repository_url
}

output "release" {
  description = "How the release is run, and the image once with another word, of the worker or for a drill: task definitions, cluster, subnets, groups."
  value = {
    cluster         = module.cluster.name
    release         = module.release.task_definition_arn
    worker          = module.worker.task_definition_arn
    backup          = module.dump.task_definition_arn
    commands        = module.commands.task_definition_arn
    subnets         = module.network.private_subnet_ids
    security_groups = { for part in ["release", "worker", "backup", "commands"] : part => module.network.security_groups[part] }
  }
}

output "secrets" {
  description = "What `python -m deployments.production_secrets` needs to make and put the values: no value is in it."
  value = {
    region    = var.region
    places    = module.keys.secrets
    databases = { for name, database in module.database : name => { host = database.host, database = database.database } }
    redis     = module.prefect.redis
    smtp_user = module.mail.smtp_user
  }
}

output "partnership_keys" {
  description = "The alias of each partnership's key."
  value       = { for code, tenant in module.tenant : code => tenant.alias }
}

output "buckets" {
  description = "The bucket of each class."
  value       = module.storage.buckets
}

output "told" {
  description = "To where trouble is told."
  value       = module.observability.topic_arn
}

output "api_url" {
  description = "Where the servers answer, in the network."
  value       = "http://prefect.${aws_service_discovery_private_dns_namespace.this.name}:4200/api"
}

output "service" {
  description = "What the service is called, for alarms."
  value       = module.server.service
}

output "redis" {
  description = "The Redis, and where it answers."
  value = {
    id   = aws_elasticache_replication_group.this.id
    host = aws_elasticache_replication_group.this.primary_endpoint_address
  }
}

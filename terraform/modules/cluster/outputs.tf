output "arn" {
  description = "The cluster."
  value       = aws_ecs_cluster.this.arn
}

output "name" {
  description = "What the cluster is called, for alarms."
  value       = aws_ecs_cluster.this.name
}

output "repository_arn" {
  description = "From where the image is drawn."
  value       = aws_ecr_repository.this.arn
}

output "repository_url" {
  description = "To where the image is pushed."
  value       = aws_ecr_repository.this.repository_url
}

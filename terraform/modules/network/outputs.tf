output "vpc_id" {
  description = "The network."
  value       = aws_vpc.this.id
}

output "public_subnet_ids" {
  description = "Where the load balancer stands."
  value       = [for subnet in aws_subnet.public : subnet.id]
}

output "private_subnet_ids" {
  description = "Where the parts stand."
  value       = [for subnet in aws_subnet.private : subnet.id]
}

output "data_subnet_ids" {
  description = "Where the data stands."
  value       = [for subnet in aws_subnet.data : subnet.id]
}

output "public_cidrs" {
  description = "From where the load balancer speaks to the web application: its trusted proxies."
  value       = [for subnet in aws_subnet.public : subnet.cidr_block]
}

output "security_groups" {
  description = "The security group of each part."
  value       = { for part, group in aws_security_group.part : part => group.id }
}

output "s3_endpoint_id" {
  description = "The only way by which objects of a case may be read or written."
  value       = aws_vpc_endpoint.s3.id
}

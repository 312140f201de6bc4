output "service" {
  description = "What the service is called, for alarms."
  value       = module.web.service
}

output "balancer" {
  description = "The load balancer and its target group as alarms name them."
  value = {
    load_balancer = aws_lb.this.arn_suffix
    target_group  = aws_lb_target_group.web.arn_suffix
  }
}

output "address" {
  description = "To where the domain must point."
  value       = aws_lb.this.dns_name
}

output "dns_records" {
  description = "The records that somebody must enter where the zone is not ours."
  value = concat(
    [{ name = var.domain, type = "CNAME", value = aws_lb.this.dns_name }],
    [for option in aws_acm_certificate.this.domain_validation_options : {
      name  = option.resource_record_name
      type  = option.resource_record_type
      value = option.resource_record_value
    }],
  )
}

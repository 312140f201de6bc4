# What people reach: the web application behind its load balancer.

module "web" {
  source = "../service"

  name             = var.name
  part             = "web"
  image            = var.image
  command          = ["web"]
  size             = var.size
  port             = 8000
  environment      = var.environment
  secrets          = var.secrets
  roles            = var.roles
  beside           = var.beside
  log_key_arn      = var.log.key_arn
  log_days         = var.log.days
  region           = var.log.region
  placed           = var.placed
  target_group_arn = aws_lb_target_group.web.arn

  # Whether the process answers; whether what it needs answers, the load balancer asks.
  is_well = [
    "python", "-c",
    "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=8)",
  ]
}

resource "aws_lb" "this" {
  name                       = var.name
  load_balancer_type         = "application"
  internal                   = false
  subnets                    = var.network.subnet_ids
  security_groups            = [var.network.security_group_id]
  drop_invalid_header_fields = true
  desync_mitigation_mode     = "strictest"
  xff_header_processing_mode = "append" # the web application reads the list from its end
  preserve_host_header       = true
  idle_timeout               = 65
  enable_deletion_protection = !var.may_be_destroyed

  access_logs {
    bucket  = var.log_bucket
    prefix  = "balancer"
    enabled = true
  }
}

resource "aws_lb_target_group" "web" {
  name                 = "${var.name}-web"
  port                 = 8000
  protocol             = "HTTP"
  target_type          = "ip"
  vpc_id               = var.network.vpc_id
  deregistration_delay = 30

  # A new one takes people in when all that pages need answers. One that runs is taken out only after
  # five minutes: a database that fails over (two minutes) must not take every one out at once.
  health_check {
    path                = "/readyz"
    matcher             = "200"
    interval            = 30
    timeout             = 10
    healthy_threshold   = 2
    unhealthy_threshold = 10
  }
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.this.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"
  certificate_arn   = aws_acm_certificate_validation.this.certificate_arn

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
}

resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.this.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type = "redirect"
    redirect {
      port        = "443"
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}

# The certificate and the name. Without a zone the apply waits here until somebody has entered the
# record that AWS asks for (output `dns_records`).

resource "aws_acm_certificate" "this" {
  domain_name       = var.domain
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_route53_record" "proof" {
  for_each = var.zone_id == "" ? toset([]) : toset([var.domain])
  zone_id  = var.zone_id
  name     = one(aws_acm_certificate.this.domain_validation_options).resource_record_name
  type     = one(aws_acm_certificate.this.domain_validation_options).resource_record_type
  records  = [one(aws_acm_certificate.this.domain_validation_options).resource_record_value]
  ttl      = 300
}

resource "aws_acm_certificate_validation" "this" {
  certificate_arn = aws_acm_certificate.this.arn
  depends_on      = [aws_route53_record.proof]
}

resource "aws_route53_record" "web" {
  for_each = var.zone_id == "" ? toset([]) : toset([var.domain])
  zone_id  = var.zone_id
  name     = var.domain
  type     = "A"

  alias {
    name                   = aws_lb.this.dns_name
    zone_id                = aws_lb.this.zone_id
    evaluate_target_health = true
  }
}

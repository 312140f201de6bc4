# What is reached, each of which breaks the policy that it is called by.

resource "aws_vpc_security_group_ingress_rule" "port_is_open_to_the_world" {
  security_group_id = "sg-1"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 5432
  to_port           = 5432
}

resource "aws_vpc_security_group_egress_rule" "all_ports_are_open" {
  security_group_id = "sg-1"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}

resource "aws_security_group" "rules_stand_in_the_group" {
  name   = "with-rules"
  vpc_id = "vpc-1"
  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["10.0.0.0/8"]
  }
}

resource "aws_subnet" "subnet_gives_public_addresses" {
  vpc_id                  = "vpc-1"
  cidr_block              = "10.0.0.0/24"
  map_public_ip_on_launch = true
}

resource "aws_lb_listener" "pages_are_in_the_clear" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-2:123456789012:loadbalancer/app/x/1"
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-2:123456789012:targetgroup/x/1"
  }
}

resource "aws_lb" "balancer_lets_bad_headers_through" {
  name                       = "headers"
  subnets                    = ["subnet-1", "subnet-2"]
  drop_invalid_header_fields = false
}

resource "aws_lb" "balancer_writes_no_log" {
  name    = "no-log"
  subnets = ["subnet-1", "subnet-2"]
}

resource "aws_lb" "balancer_has_no_firewall" {
  name    = "no-firewall"
  subnets = ["subnet-1", "subnet-2"]
}

resource "aws_wafv2_web_acl" "firewall_counts_nothing" {
  name  = "no-limit"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "no-limit"
    sampled_requests_enabled   = true
  }
}

resource "aws_wafv2_web_acl" "firewall_blocks_words" {
  name  = "words"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  rule {
    name     = "common"
    priority = 1
    override_action {
      none {}
    }
    statement {
      managed_rule_group_statement {
        vendor_name = "AWS"
        name        = "AWSManagedRulesCommonRuleSet"
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "common"
      sampled_requests_enabled   = false
    }
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "words"
    sampled_requests_enabled   = false
  }
}

# Who may speak to whom, in one table: what is not in it is not possible.

locals {
  parts = toset([
    "balancer", "web", "worker", "release", "backup", "commands", "prefect", "redis", "database",
    "prefect-database", "services",
  ])

  connections = {
    balancer-web             = { from = "balancer", to = "web", port = 8000 }
    web-database             = { from = "web", to = "database", port = 5432 }
    worker-database          = { from = "worker", to = "database", port = 5432 }
    release-database         = { from = "release", to = "database", port = 5432 }
    commands-database        = { from = "commands", to = "database", port = 5432 }
    backup-database          = { from = "backup", to = "database", port = 5432 }
    release-prefect-database = { from = "release", to = "prefect-database", port = 5432 }
    prefect-prefect-database = { from = "prefect", to = "prefect-database", port = 5432 }
    prefect-redis            = { from = "prefect", to = "redis", port = 6379 }
    web-prefect              = { from = "web", to = "prefect", port = 4200 }
    worker-prefect           = { from = "worker", to = "prefect", port = 4200 }
    release-prefect          = { from = "release", to = "prefect", port = 4200 }
    web-services             = { from = "web", to = "services", port = 443 }
    worker-services          = { from = "worker", to = "services", port = 443 }
    release-services         = { from = "release", to = "services", port = 443 }
    commands-services        = { from = "commands", to = "services", port = 443 }
    backup-services          = { from = "backup", to = "services", port = 443 }
    prefect-services         = { from = "prefect", to = "services", port = 443 }
  }

  # Out of the network: AWS's own services where they are not private, identity providers, mail.
  outward = {
    web-https      = { from = "web", port = 443 }
    worker-https   = { from = "worker", port = 443 }
    release-https  = { from = "release", port = 443 }
    commands-https = { from = "commands", port = 443 }
    backup-https   = { from = "backup", port = 443 }
    prefect-https  = { from = "prefect", port = 443 }
    web-mail       = { from = "web", port = var.mail_port }
    worker-mail    = { from = "worker", port = var.mail_port }
  }

  # The load balancer answers on 80 with the address on 443, and with nothing else.
  inward = merge([for cidr in var.allowed_cidrs : {
    "${cidr}-443" = { cidr = cidr, port = 443 }
    "${cidr}-80"  = { cidr = cidr, port = 80 }
  }]...)
}

resource "aws_security_group" "part" {
  for_each    = local.parts
  name        = "${var.name}-${each.key}"
  description = "Keyline: ${each.key}"
  vpc_id      = aws_vpc.this.id
  tags        = { Name = "${var.name}-${each.key}" }
}

resource "aws_vpc_security_group_egress_rule" "to" {
  for_each                     = local.connections
  security_group_id            = aws_security_group.part[each.value.from].id
  referenced_security_group_id = aws_security_group.part[each.value.to].id
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port
  description                  = each.key
}

resource "aws_vpc_security_group_ingress_rule" "from" {
  for_each                     = local.connections
  security_group_id            = aws_security_group.part[each.value.to].id
  referenced_security_group_id = aws_security_group.part[each.value.from].id
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port
  description                  = each.key
}

resource "aws_vpc_security_group_egress_rule" "out" {
  for_each          = local.outward
  security_group_id = aws_security_group.part[each.value.from].id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = each.value.port
  to_port           = each.value.port
  description       = each.key
}

resource "aws_vpc_security_group_ingress_rule" "in" {
  for_each          = local.inward
  security_group_id = aws_security_group.part["balancer"].id
  cidr_ipv4         = each.value.cidr
  ip_protocol       = "tcp"
  from_port         = each.value.port
  to_port           = each.value.port
  description       = "people"
}

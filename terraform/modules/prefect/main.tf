# Prefect's server, two of them, and the Redis through which they share messages and their own rounds.
# It knows ids and states only, and can be thrown away and built again from the record.

locals {
  environment = merge(var.environment, {
    DO_NOT_TRACK                                      = "1"
    PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY      = "false"
    PREFECT_HOME                                      = "/tmp/prefect"
    PREFECT_SERVER_ANALYTICS_ENABLED                  = "false"
    PREFECT_SERVER_DATABASE_MIGRATE_ON_START          = "false" # `prefect-database` does, once a release
    PREFECT_SERVER_EPHEMERAL_ENABLED                  = "false"
    PREFECT_SERVER_REGISTER_BLOCKS_ON_START           = "false"
    PREFECT_SERVER_SERVICES_PAUSE_EXPIRATIONS_ENABLED = "false"
    PREFECT_SERVER_UI_ENABLED                         = "true"
    PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT        = "false"
    PREFECT_UI_STATIC_DIRECTORY                       = "/tmp/prefect-pages"
    PREFECT_MESSAGING_BROKER                          = "prefect_redis.messaging"
    PREFECT_MESSAGING_CACHE                           = "prefect_redis.messaging"
    PREFECT_SERVER_EVENTS_CAUSAL_ORDERING             = "prefect_redis.ordering"
    PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE          = "prefect_redis.lease_storage"
  })
}

module "server" {
  source = "../service"

  name         = var.name
  part         = "prefect"
  image        = var.image
  command      = ["prefect"]
  size         = var.sizes.server
  port         = 4200
  environment  = local.environment
  secrets      = var.secrets
  roles        = var.roles
  log_key_arn  = var.log.key_arn
  log_days     = var.log.days
  region       = var.log.region
  placed       = var.placed
  registry_arn = aws_service_discovery_service.server.arn

  is_well = [
    "python", "-c",
    "import urllib.request as r; r.urlopen('http://127.0.0.1:4200/api/health', timeout=8)",
  ]
}

# The servers have one name in the network; it names those that are well.

resource "aws_service_discovery_private_dns_namespace" "this" {
  name        = "${var.name}.internal"
  description = "Keyline's own names in its network"
  vpc         = var.network.vpc_id
}

resource "aws_service_discovery_service" "server" {
  name         = "prefect"
  namespace_id = aws_service_discovery_private_dns_namespace.this.id

  dns_config {
    namespace_id   = aws_service_discovery_private_dns_namespace.this.id
    routing_policy = "MULTIVALUE"
    dns_records {
      type = "A"
      ttl  = 10
    }
  }

  health_check_custom_config {
    failure_threshold = 1
  }
}

resource "aws_elasticache_subnet_group" "this" {
  name       = "${var.name}-prefect"
  subnet_ids = var.network.subnet_ids
}

resource "aws_elasticache_replication_group" "this" {
  replication_group_id       = "${var.name}-prefect"
  description                = "What Prefect's servers tell each other"
  engine                     = "valkey"
  engine_version             = "8.0"
  node_type                  = var.sizes.redis.node
  num_cache_clusters         = var.sizes.redis.count
  automatic_failover_enabled = var.sizes.redis.count > 1
  multi_az_enabled           = var.sizes.redis.count > 1
  at_rest_encryption_enabled = true
  transit_encryption_enabled = true
  kms_key_id                 = var.data_key_arn
  subnet_group_name          = aws_elasticache_subnet_group.this.name
  security_group_ids         = [var.network.redis_group_id]
  snapshot_retention_limit   = 0 # nothing in it is worth keeping

  # Its password is set by `python -m deployments.production_secrets`, so that no state holds it.
  lifecycle {
    ignore_changes = [auth_token, auth_token_update_strategy]
  }
}

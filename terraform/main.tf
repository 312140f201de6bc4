# One installation of Keyline: the modules, and what each is told of the others. envs/ gives sizes.

data "aws_caller_identity" "here" {}

locals {
  account_id = data.aws_caller_identity.here.account_id

  # As services/casework/provisioning.py makes them; the installation's own audit has a key too.
  namespace    = "6b65796c-696e-4e65-8000-000000000000"
  alias_prefix = "${var.name}-partnership-"
  holders = merge(
    { installation = { id = local.namespace, may_be_destroyed = var.may_be_destroyed } },
    { for code, partnership in var.partnerships : code => {
      id               = uuidv5(local.namespace, "partnership ${code}")
      may_be_destroyed = partnership.may_be_destroyed || var.may_be_destroyed
    } },
  )

  log = { key_arn = module.keys.arns["logs"], days = var.keeping.log_days, region = var.region }
  placed = { for part in ["web", "worker", "prefect", "backup"] : part => {
    cluster_arn        = module.cluster.arn
    subnet_ids         = module.network.private_subnet_ids
    security_group_ids = [module.network.security_groups[part]]
  } }
  roles = { for part in keys(local.secrets) : part => {
    starting = module.identity.starting[part]
    running  = module.identity.running[part]
  } }
  count = { for part in ["web", "worker", "prefect"] :
  part => var.is_running ? var.sizes[part].count : 0 }
}

module "network" {
  source           = "./modules/network"
  name             = var.name
  cidr             = var.network.cidr
  zones            = var.network.zones
  one_nat_gateway  = var.network.one_nat_gateway
  private_services = var.network.private_services
  allowed_cidrs    = var.network.allowed_cidrs
  mail_port        = var.mail.port
  log_key_arn      = module.keys.arns["logs"]
  log_days         = var.keeping.log_days
}

module "keys" {
  source        = "./modules/keys"
  name          = var.name
  account_id    = local.account_id
  region        = var.region
  secrets       = local.secret_places
  recovery_days = var.may_be_destroyed ? 0 : 30
}

module "tenant" {
  source           = "./modules/tenant"
  for_each         = local.holders
  name             = var.name
  code             = each.key
  id               = each.value.id
  alias_prefix     = local.alias_prefix
  account_id       = local.account_id
  users            = concat(module.identity.keep_files, [module.identity.running["backup"]])
  may_be_destroyed = each.value.may_be_destroyed
}

module "storage" {
  source           = "./modules/storage"
  name             = var.name
  account_id       = local.account_id
  key_arn          = module.keys.arns["storage"]
  case_endpoint_id = module.network.s3_endpoint_id
  anchor_lock      = var.keeping.anchors
  backup_days      = var.keeping.backup_days
  log_days         = var.keeping.log_days
  may_be_destroyed = var.may_be_destroyed
}

module "database" {
  source            = "./modules/database"
  for_each          = { keyline = "database", prefect = "prefect_database" }
  name              = "${var.name}-${each.key}"
  database          = each.key
  size              = var.sizes[each.value]
  engine_version    = "18"
  subnet_ids        = module.network.data_subnet_ids
  security_group_id = module.network.security_groups[replace(each.value, "_", "-")]
  key_arn           = module.keys.arns["data"]
  secrets_key_arn   = module.keys.arns["secrets"]
  recovery_days     = var.keeping.recovery_days
  may_be_destroyed  = var.may_be_destroyed
}

module "identity" {
  source          = "./modules/identity"
  name            = var.name
  account_id      = local.account_id
  region          = var.region
  repository_arn  = module.cluster.repository_arn
  secrets         = { for part, told in local.secrets : part => distinct(values(told)) }
  secrets_key_arn = module.keys.arns["secrets"]
  cases_arn       = module.storage.arns["cases"]
  backups_arn     = module.storage.arns["backups"]
  storage_key_arn = module.keys.arns["storage"]
  metrics_arn     = module.observability.metrics.arn
  operators       = var.operators
}

module "cluster" {
  source           = "./modules/cluster"
  name             = var.name
  key_arn          = module.keys.arns["data"]
  may_be_destroyed = var.may_be_destroyed
}

module "mail" {
  source  = "./modules/mail"
  name    = var.name
  region  = var.region
  relay   = { host = var.mail.host, port = var.mail.port }
  sender  = var.mail.sender
  zone_id = var.mail.zone_id
}

module "backup" {
  source        = "./modules/backup"
  name          = var.name
  key_arn       = module.keys.arns["data"]
  account_id    = local.account_id
  region        = var.region
  is_running    = var.is_running
  database_arns = [module.database["keyline"].arn]
  dump = {
    family = module.dump.family
    roles  = values(local.roles["backup"])
    placed = local.placed["backup"]
  }
  days             = var.keeping.backup_days
  copy_to          = var.backup_copy_to
  may_be_destroyed = var.may_be_destroyed
}

module "observability" {
  source     = "./modules/observability"
  name       = var.name
  account_id = local.account_id
  region     = var.region
  key_arn    = module.keys.arns["logs"]
  told       = var.told
  cluster = {
    name     = module.cluster.name
    services = local.count
  }
  balancer = module.app.balancer
  databases = {
    (module.database["keyline"].identifier) = ceil(var.sizes.database.storage / 5)
    (module.database["prefect"].identifier) = ceil(var.sizes.prefect_database.storage / 5)
  }
  redis       = "${var.name}-prefect"
  vault       = module.backup.vault
  is_measured = var.collector_image != ""
  rules       = "${path.module}/../deployments/observability/alerts"
}

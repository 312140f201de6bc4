# The parts that run, and all that each is told: in the open, and from the secrets manager. The names
# are those that the product reads (services/settings.py, deployments/release.py, Prefect's own);
# tests/deployments/test_terraform_settings.py compares them.

locals {
  # Every secret and what it is; `python -m deployments.production_secrets` puts their values.
  secret_places = {
    web-database-url      = "the web application's address of the database"
    worker-database-url   = "the worker's address of the database"
    sign-in-database-url  = "the address of the database for signing in"
    backup-database-url   = "the address of the database for its dumps"
    founder-database-url  = "the address of the database for putting people and partnerships on record"
    context-key           = "what signs the context of each transaction"
    secret-key            = "what signs cookies and forms"
    smtp-user             = "the user at the mail relay"
    smtp-password         = "the password at the mail relay"
    prefect-auth          = "the user and password of Prefect's server"
    prefect-database-url  = "Prefect's address of its database"
    prefect-password      = "the password of Prefect's login at its database"
    redis-messaging-url   = "where Prefect's servers tell each other events"
    redis-work-url        = "where Prefect's servers share their own work"
    app-password          = "the password of the web application's login"
    worker-password       = "the password of the worker's login"
    sign-in-password      = "the password of the login for signing in"
    provisioning-password = "the password of the login that adds partnerships"
    operations-password   = "the password of the operators' login, which sees no case"
    backup-password       = "the password of the login that dumps the database"
    typed                 = "what somebody would type at a command: a first password, an organisation's secret"
  }

  place = module.keys.secrets

  keyline_secrets = {
    KEYLINE_CONTEXT_KEY     = local.place["context-key"]
    KEYLINE_SECRET_KEY      = local.place["secret-key"]
    SMTP_USER               = local.place["smtp-user"]
    SMTP_PASSWORD           = local.place["smtp-password"]
    PREFECT_API_AUTH_STRING = local.place["prefect-auth"]
  }

  administrator = { for name in ["keyline", "prefect"] :
  name => "${module.database[name].administrator_secret_arn}:password::" }

  # What each part is told in secret: the ARN by the variable.
  told_in_secret = {
    web = merge(local.keyline_secrets, {
      KEYLINE_DATABASE_URL         = local.place["web-database-url"]
      KEYLINE_SIGN_IN_DATABASE_URL = local.place["sign-in-database-url"]
    })
    worker = merge(local.keyline_secrets, {
      KEYLINE_DATABASE_URL = local.place["worker-database-url"]
    })
    commands = merge(local.keyline_secrets, {
      KEYLINE_DATABASE_URL              = local.place["web-database-url"]
      KEYLINE_SIGN_IN_DATABASE_URL      = local.place["sign-in-database-url"]
      KEYLINE_PROVISIONING_DATABASE_URL = local.place["founder-database-url"]
      KEYLINE_TYPED                     = local.place["typed"]
    })
    backup = {
      KEYLINE_BACKUP_DATABASE_URL = local.place["backup-database-url"]
      KEYLINE_CONTEXT_KEY         = local.place["context-key"]
      KEYLINE_DATABASE_URL        = local.place["web-database-url"]
      KEYLINE_SECRET_KEY          = local.place["secret-key"] # the settings are read whole
    }
    prefect = {
      PREFECT_SERVER_API_AUTH_STRING         = local.place["prefect-auth"]
      PREFECT_SERVER_DATABASE_CONNECTION_URL = local.place["prefect-database-url"]
      PREFECT_REDIS_MESSAGING_URL            = local.place["redis-messaging-url"]
      PREFECT_SERVER_DOCKET_URL              = local.place["redis-work-url"]
    }
    release = {
      PGPASSWORD                             = local.administrator["keyline"]
      KEYLINE_CONTEXT_KEY                    = local.place["context-key"]
      KEYLINE_APP_PASSWORD                   = local.place["app-password"]
      KEYLINE_WORKER_PASSWORD                = local.place["worker-password"]
      KEYLINE_SIGN_IN_PASSWORD               = local.place["sign-in-password"]
      KEYLINE_PROVISIONING_PASSWORD          = local.place["provisioning-password"]
      KEYLINE_OPERATIONS_PASSWORD            = local.place["operations-password"]
      KEYLINE_BACKUP_PASSWORD                = local.place["backup-password"]
      KEYLINE_PREFECT_ADMIN_PASSWORD         = local.administrator["prefect"]
      KEYLINE_PREFECT_PASSWORD               = local.place["prefect-password"]
      PREFECT_SERVER_DATABASE_CONNECTION_URL = local.place["prefect-database-url"]
      PREFECT_API_AUTH_STRING                = local.place["prefect-auth"]
    }
  }

  # The same without the field of a secret that holds several: what the starting role may read.
  secrets = { for part, told in local.told_in_secret : part => {
    for variable, arn in told : variable => trimsuffix(arn, ":password::")
  } }

  to_the_database = { PGSSLMODE = var.database_tls.mode, PGSSLROOTCERT = var.database_tls.ca_file }
  to_prefect = {
    DO_NOT_TRACK    = "1"
    PREFECT_API_URL = module.prefect.api_url
    PREFECT_HOME    = "/tmp/prefect"
  }

  keyline = merge(local.to_the_database, local.to_prefect, {
    AWS_REGION              = var.region
    KEYLINE_ENVIRONMENT     = var.environment
    KEYLINE_BASE_URL        = "https://${var.domain}"
    KEYLINE_TRUSTED_PROXIES = join(" ", module.network.public_cidrs)
    KEYLINE_OBJECT_KEYS     = "aws-kms:alias/${local.alias_prefix}"
    KEYLINE_LINK_CHECKS     = var.link_checks
    KEYLINE_CLAMD           = var.scanner_image == "" ? "" : "127.0.0.1:3310"
    S3_BUCKET               = module.storage.buckets["cases"]
    SMTP_HOST               = module.mail.host
    SMTP_PORT               = tostring(module.mail.port)
    MAIL_FROM               = var.mail.sender
  })

  scanner = var.scanner_image == "" ? [] : [{
    name        = "scanner"
    image       = var.scanner_image
    command     = []
    environment = {}
  }]
}

# The collector reads the private ports of the part that it stands beside (docs/decisions, "What is
# seen") and says of each number from which task it is.
locals {
  ports = { web = ["8430"], worker = ["8430", "8431"] }
  collector = { for part, ports in local.ports : part => var.collector_image == "" ? [] : [{
    name    = "collector"
    image   = var.collector_image
    command = []
    environment = { AOT_CONFIG_CONTENT = yamlencode({
      extensions = { sigv4auth = { region = var.region, service = "aps" } }
      receivers = { prometheus = { config = { scrape_configs = [{
        job_name        = "keyline-${part}"
        scrape_interval = "30s"
        static_configs  = [{ targets = [for port in ports : "127.0.0.1:${port}"] }]
      }] } } }
      processors = { resourcedetection = { detectors = ["ecs"] } }
      exporters = { prometheusremotewrite = {
        endpoint                         = "${module.observability.metrics.address}api/v1/remote_write"
        auth                             = { authenticator = "sigv4auth" }
        resource_to_telemetry_conversion = { enabled = true }
      } }
      service = {
        extensions = ["sigv4auth"]
        pipelines = { metrics = {
          receivers  = ["prometheus"]
          processors = ["resourcedetection"]
          exporters  = ["prometheusremotewrite"]
        } }
      }
    }) }
  }] }
  measured = { KEYLINE_METRICS_PORT = "8430" }
}

module "app" {
  source      = "./modules/app"
  name        = var.name
  image       = var.image
  size        = merge(var.sizes.web, { count = local.count.web })
  environment = merge(local.keyline, local.measured)
  secrets     = local.told_in_secret.web
  roles       = local.roles["web"]
  beside      = concat(local.scanner, local.collector["web"])
  log         = local.log
  placed      = local.placed["web"]
  domain      = var.domain
  zone_id     = var.zone_id
  log_bucket  = module.storage.logs_ready
  network = {
    vpc_id            = module.network.vpc_id
    subnet_ids        = module.network.public_subnet_ids
    security_group_id = module.network.security_groups["balancer"]
  }
  requests_per_address = var.requests_per_address
  may_be_destroyed     = var.may_be_destroyed
}

module "worker" {
  source      = "./modules/worker"
  name        = var.name
  image       = var.image
  size        = merge(var.sizes.worker, { count = local.count.worker })
  environment = merge(local.keyline, local.measured, { KEYLINE_WORKER_PROCESSES = "2", KEYLINE_WORKER_THREADS = "3" })
  secrets     = local.told_in_secret.worker
  roles       = local.roles["worker"]
  beside      = concat(local.scanner, local.collector["worker"])
  log         = local.log
  placed      = local.placed["worker"]
}

module "prefect" {
  source = "./modules/prefect"
  name   = var.name
  image  = var.image
  sizes = {
    server = merge(var.sizes.prefect, { count = local.count.prefect })
    redis  = var.sizes.redis
  }
  environment = merge(local.to_the_database, {
    PREFECT_SERVER_API_HOST = "0.0.0.0"
    PREFECT_SERVER_API_PORT = "4200"
  })
  secrets = local.told_in_secret.prefect
  roles   = local.roles["prefect"]
  log     = local.log
  placed  = local.placed["prefect"]
  network = {
    vpc_id         = module.network.vpc_id
    subnet_ids     = module.network.data_subnet_ids
    redis_group_id = module.network.security_groups["redis"]
  }
  data_key_arn = module.keys.arns["data"]
}

# Run once a release, before the parts of the new image: it is a task definition without a service.
module "release" {
  source  = "./modules/service"
  name    = var.name
  part    = "release"
  image   = var.release_image == "" ? var.image : var.release_image
  command = ["release", "migrate"]
  size    = { cpu = 512, memory = 1024, count = 1 }
  environment = merge(local.to_the_database, local.to_prefect, {
    DATABASE_URL                 = "postgresql://administrator@${module.database["keyline"].host}/${module.database["keyline"].database}"
    KEYLINE_PREFECT_DATABASE_URL = "postgresql://administrator@${module.database["prefect"].host}/${module.database["prefect"].database}"
  })
  secrets     = local.told_in_secret.release
  roles       = local.roles["release"]
  log_key_arn = local.log.key_arn
  log_days    = local.log.days
  region      = var.region
}

# What somebody does at the machine, run once each: administrators, operators, partnerships. It has no
# service: whoever may run it may put people on record.
module "commands" {
  source      = "./modules/service"
  name        = var.name
  part        = "commands"
  image       = var.image
  command     = ["keyline", "--help"]
  size        = { cpu = 512, memory = 1024, count = 1 }
  environment = local.keyline
  secrets     = local.told_in_secret.commands
  roles       = local.roles["commands"]
  log_key_arn = local.log.key_arn
  log_days    = local.log.days
  region      = var.region
}

# Started every night by modules/backup.
module "dump" {
  source      = "./modules/service"
  name        = var.name
  part        = "backup"
  image       = var.image
  command     = ["backup", "--bucket", module.storage.buckets["backups"]]
  size        = { cpu = 512, memory = 1024, count = 1 }
  environment = local.keyline
  secrets     = local.told_in_secret.backup
  roles       = local.roles["backup"]
  log_key_arn = local.log.key_arn
  log_days    = local.log.days
  region      = var.region
}

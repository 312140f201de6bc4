# The installation that the partnerships use.

terraform {
  required_version = ">= 1.11, < 2.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 6.0"
    }
  }

  # Bucket and key are made by envs/state and named at `init`: see terraform/README.md.
  backend "s3" {
    key          = "keyline/prod.tfstate"
    region       = "eu-west-2"
    encrypt      = true
    use_lockfile = true
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = [var.account_id]

  default_tags {
    tags = { service = "keyline", environment = "prod", made-by = "terraform" }
  }
}

variable "account_id" {
  description = "The AWS account of this environment: in another nothing is done."
  type        = string
}

variable "domain" {
  description = "The name by which people reach it."
  type        = string
}

variable "zone_id" {
  description = "The Route 53 zone of that domain; empty where somebody else keeps it."
  type        = string
  default     = ""
}

variable "image" {
  description = "The image, by its digest."
  type        = string
}

variable "release_image" {
  description = "The image of the release, while it is newer than what runs."
  type        = string
  default     = ""
}

variable "is_running" {
  description = "No until the secrets have values and the release has run."
  type        = bool
  default     = true
}

variable "mail" {
  description = "`ses` or the host of a relay, its port, the sender's address, and the zone of its domain."
  type        = object({ host = string, port = optional(number, 587), sender = string, zone_id = optional(string, "") })
}

variable "told" {
  description = "Who is told of alarms, by e-mail."
  type        = set(string)
}

variable "partnerships" {
  description = "The partnerships by code."
  type        = map(object({ may_be_destroyed = optional(bool, false) }))
}

variable "scanner_image" {
  description = "The image of clamd, by its digest; empty for none."
  type        = string
  default     = ""
}

variable "collector_image" {
  description = "The image of AWS's collector for OpenTelemetry, by its digest; empty for none."
  type        = string
  default     = ""
}

variable "backup_copy_to" {
  description = "A vault of another account, in London, that gets a copy of each backup."
  type        = string
  default     = ""
}

variable "operators" {
  description = "Roles whose holders may take the operators' role."
  type        = list(string)
  default     = []
}

module "keyline" {
  source = "../.."

  name            = "keyline"
  environment     = "production"
  domain          = var.domain
  zone_id         = var.zone_id
  image           = var.image
  release_image   = var.release_image
  is_running      = var.is_running
  mail            = var.mail
  told            = var.told
  partnerships    = var.partnerships
  scanner_image   = var.scanner_image
  collector_image = var.collector_image
  backup_copy_to  = var.backup_copy_to
  operators       = var.operators

  network = {
    cidr             = "10.30.0.0/16"
    zones            = ["a", "b", "c"]
    one_nat_gateway  = false
    private_services = ["ecr.api", "ecr.dkr", "kms", "logs", "secretsmanager"]
  }

  # For some 20 partnerships; docs/running.md says what to raise for 130.
  sizes = {
    web              = { cpu = 1024, memory = 2048, count = 3 }
    worker           = { cpu = 1024, memory = 2048, count = 2 }
    prefect          = { cpu = 512, memory = 1024, count = 2 }
    redis            = { node = "cache.t4g.small", count = 2 }
    database         = { class = "db.m7g.large", storage = 100, max_storage = 500, multi_az = true }
    prefect_database = { class = "db.t4g.medium", storage = 50, max_storage = 200, multi_az = true }
  }

  keeping = {
    recovery_days = 35
    backup_days   = 35
    log_days      = 400
    anchors       = { mode = "COMPLIANCE", days = 2557 } # seven years
  }
}

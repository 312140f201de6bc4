# A small installation with invented people, which may be destroyed at any time.

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
    key          = "keyline/dev.tfstate"
    region       = "eu-west-2"
    encrypt      = true
    use_lockfile = true
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = [var.account_id]

  default_tags {
    tags = { service = "keyline", environment = "dev", made-by = "terraform" }
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
  description = "The partnerships by code; by default those of the demonstration."
  type        = map(object({ may_be_destroyed = optional(bool, true) }))
  default     = { EAS = {}, NOR = {}, TRV = {} }
}

module "keyline" {
  source = "../.."

  name          = "keyline-dev"
  environment   = "demonstration"
  domain        = var.domain
  zone_id       = var.zone_id
  image         = var.image
  release_image = var.release_image
  is_running    = var.is_running
  mail          = var.mail
  told          = var.told
  partnerships  = var.partnerships
  link_checks   = "off"

  may_be_destroyed = true

  network = {
    cidr             = "10.20.0.0/16"
    zones            = ["a", "b"]
    one_nat_gateway  = true
    private_services = []
  }

  sizes = {
    web              = { cpu = 512, memory = 1024, count = 2 }
    worker           = { cpu = 512, memory = 1024, count = 2 }
    prefect          = { cpu = 512, memory = 1024, count = 2 }
    redis            = { node = "cache.t4g.micro", count = 2 }
    database         = { class = "db.t4g.small", storage = 20, max_storage = 50, multi_az = false }
    prefect_database = { class = "db.t4g.small", storage = 20, max_storage = 50, multi_az = false }
  }

  keeping = {
    recovery_days = 7
    backup_days   = 7
    log_days      = 30
    anchors       = { mode = "GOVERNANCE", days = 1 }
  }
}

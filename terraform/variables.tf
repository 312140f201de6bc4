variable "name" {
  description = "What the installation is called: it begins every name in the account."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,19}$", var.name))
    error_message = "name is 3 to 20 small letters, digits and dashes, and begins with a letter."
  }
}

variable "region" {
  description = "Where it runs: London and nowhere else, with all its copies."
  type        = string
  default     = "eu-west-2"

  validation {
    condition     = var.region == "eu-west-2"
    error_message = "Keyline runs in London (eu-west-2) only: what is said of a family does not leave the country."
  }
}

variable "environment" {
  description = "`production`, or `demonstration` with invented people and no real national body."
  type        = string

  validation {
    condition     = contains(["production", "demonstration"], var.environment)
    error_message = "environment is production or demonstration."
  }
}

variable "partnerships" {
  description = "The partnerships by code; each has a key of its own. Say may_be_destroyed, and apply, before one is taken out."
  type        = map(object({ may_be_destroyed = optional(bool, false) }))

  validation {
    condition     = alltrue([for code in keys(var.partnerships) : can(regex("^[A-Z][A-Z0-9]{1,5}$", code))])
    error_message = "A partnership's code is 2 to 6 capital letters and digits, as in its case references."
  }
}

variable "domain" {
  description = "The name by which people reach it."
  type        = string

  validation {
    condition     = can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$", var.domain))
    error_message = "domain is a host's name such as keyline.example.gov.uk."
  }
}

variable "zone_id" {
  description = "The Route 53 zone of that domain; empty where somebody else keeps it and enters the output `dns_records`."
  type        = string
  default     = ""
}

variable "image" {
  description = "The image that web, worker and Prefect run, by its digest."
  type        = string

  validation {
    condition     = can(regex("@sha256:[0-9a-f]{64}$", var.image))
    error_message = "image names its digest (...@sha256:...): a tag may be another image tomorrow."
  }
}

variable "release_image" {
  description = "The image of the release: the next one before it runs, else the same."
  type        = string
  default     = ""

  validation {
    condition     = var.release_image == "" || can(regex("@sha256:[0-9a-f]{64}$", var.release_image))
    error_message = "release_image names its digest (...@sha256:...)."
  }
}

variable "is_running" {
  description = "No until the secrets have values and the release has run: then no part is started."
  type        = bool
}

variable "sizes" {
  description = "How large and how many: processor (1024 is one), memory in MiB, count."
  type = object({
    web              = object({ cpu = number, memory = number, count = number })
    worker           = object({ cpu = number, memory = number, count = number })
    prefect          = object({ cpu = number, memory = number, count = number })
    redis            = object({ node = string, count = number })
    database         = object({ class = string, storage = number, max_storage = number, multi_az = bool })
    prefect_database = object({ class = string, storage = number, max_storage = number, multi_az = bool })
  })

  validation {
    condition     = alltrue([for part in ["web", "worker", "prefect"] : var.sizes[part].count >= 2])
    error_message = "There are two of web, worker and prefect at the least: one may be lost at any time."
  }
}

variable "network" {
  description = "Its addresses, its zones, and how it reaches what is outside."
  type = object({
    cidr             = string
    zones            = list(string)
    one_nat_gateway  = bool
    private_services = set(string)
    allowed_cidrs    = optional(list(string), ["0.0.0.0/0"])
  })

  validation {
    condition     = length(distinct(var.network.zones)) >= 2 && alltrue([for zone in var.network.zones : contains(["a", "b", "c"], zone)])
    error_message = "zones are two or three of a, b and c."
  }
}

variable "mail" {
  description = "`ses` or the host of a relay that takes STARTTLS, its port, and the address that e-mails come from."
  type        = object({ host = string, port = optional(number, 587), sender = string, zone_id = optional(string, "") })

  validation {
    condition     = can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", var.mail.sender)) && !endswith(var.mail.sender, ".invalid")
    error_message = "sender is an address that can be answered."
  }
}

variable "database_tls" {
  description = "How a part makes sure of the database server, and the certificates it does so by: a file of the image."
  type        = object({ mode = string, ca_file = string })
  default     = { mode = "verify-full", ca_file = "/keyline/deployments/certificates/rds.pem" }

  validation {
    condition     = contains(["verify-full", "require"], var.database_tls.mode)
    error_message = "mode is verify-full, or require where the server's certificate is not checked."
  }
}

variable "scanner_image" {
  description = "The image of clamd that stands beside web and worker, by its digest; empty for none: files are then kept without a scan, or held where a partnership's policy says so."
  type        = string
  default     = ""
}

variable "collector_image" {
  description = "The image of AWS's collector for OpenTelemetry that stands beside web and worker, by its digest; empty for none: then nobody is told of what the product measures itself."
  type        = string
  default     = ""
}

variable "link_checks" {
  description = "Whether the addresses that reports are published at are looked up: off, public or private."
  type        = string
  default     = "public"
}

variable "keeping" {
  description = "For how long, in days: recovery of the database to any second, nightly backups, logs, and the anchors of the audit, which nobody can remove."
  type = object({
    recovery_days = number
    backup_days   = number
    log_days      = number
    anchors       = object({ mode = string, days = number })
  })
}

variable "backup_copy_to" {
  description = "A vault of another account, in London, that gets a copy of each backup; empty for none."
  type        = string
  default     = ""
}

variable "told" {
  description = "Who is told of alarms, by e-mail."
  type        = set(string)
}

variable "operators" {
  description = "Roles whose holders may take the operators' role."
  type        = list(string)
  default     = []
}

variable "requests_per_address" {
  description = "How many requests one address may make in five minutes; a whole office may share one."
  type        = number
  default     = 3000
}

variable "may_be_destroyed" {
  description = "Whether `destroy` may delete what is kept: only where nothing real is."
  type        = bool
  default     = false
}

variable "name" {
  description = "What the server is called."
  type        = string
}

variable "database" {
  description = "The database on it."
  type        = string
}

variable "size" {
  description = "The class of the instance, its first and its largest storage in GB, and whether a second one stands by in another zone."
  type = object({
    class       = string
    storage     = number
    max_storage = number
    multi_az    = bool
  })
}

variable "engine_version" {
  description = "The major version of PostgreSQL; minor ones come by themselves."
  type        = string
}

variable "subnet_ids" {
  description = "Where it stands: subnets without a way out."
  type        = list(string)
}

variable "security_group_id" {
  description = "Who may connect to it."
  type        = string
}

variable "key_arn" {
  description = "The key that data, snapshots and logs are encrypted under."
  type        = string
}

variable "secrets_key_arn" {
  description = "The key that the administrator's password is encrypted under."
  type        = string
}

variable "recovery_days" {
  description = "For how many days it can be restored to any second."
  type        = number

  validation {
    condition     = var.recovery_days >= 7 && var.recovery_days <= 35
    error_message = "Point-in-time recovery is for 7 to 35 days."
  }
}

variable "may_be_destroyed" {
  description = "Whether it may be deleted, without a last snapshot: only where nothing real is kept."
  type        = bool
}

variable "name" {
  description = "What the installation is called; with the account it begins every bucket's name."
  type        = string
}

variable "account_id" {
  description = "The AWS account."
  type        = string
}

variable "key_arn" {
  description = "The key that buckets are encrypted under, besides what the product encrypts itself."
  type        = string
}

variable "case_endpoint_id" {
  description = "The network's way to S3: the files of cases are read and written by no other."
  type        = string
}

variable "anchor_lock" {
  description = "How, and for how many days, the copies of the audit's anchors cannot be removed."
  type        = object({ mode = string, days = number })

  validation {
    condition     = contains(["COMPLIANCE", "GOVERNANCE"], var.anchor_lock.mode) && var.anchor_lock.days >= 1
    error_message = "mode is COMPLIANCE or GOVERNANCE, for one day or more."
  }
}

variable "backup_days" {
  description = "How long dumps of the database are kept, in days."
  type        = number
}

variable "log_days" {
  description = "How long access logs are kept, in days."
  type        = number
}

variable "may_be_destroyed" {
  description = "Whether `destroy` may empty the buckets: only where nothing real is kept."
  type        = bool
}

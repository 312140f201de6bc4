variable "name" {
  description = "What the installation is called, in every name."
  type        = string
}

variable "key_arn" {
  description = "The key that backups are encrypted under."
  type        = string
}

variable "account_id" {
  description = "The AWS account."
  type        = string
}

variable "region" {
  description = "Where it runs."
  type        = string
}

variable "is_running" {
  description = "Whether there is a record to be dumped: not before the first release."
  type        = bool
}

variable "dump" {
  description = "The task that makes a dump: its name, the two roles it is started with and holds, and where it runs."
  type = object({
    family = string
    roles  = list(string)
    placed = object({
      cluster_arn        = string
      subnet_ids         = list(string)
      security_group_ids = list(string)
    })
  })
}

variable "database_arns" {
  description = "What is backed up every night, besides the recovery to any second that RDS keeps."
  type        = list(string)
}

variable "days" {
  description = "How long a night's backup is kept; no longer than what is erased may live on (35 days, P20)."
  type        = number

  validation {
    condition     = var.days >= 7 && var.days <= 35
    error_message = "Backups are kept for 7 to 35 days."
  }
}

variable "copy_to" {
  description = "A vault of another account, in London, that gets a copy of each backup; empty for none."
  type        = string

  validation {
    condition     = var.copy_to == "" || can(regex("^arn:aws:backup:eu-west-2:[0-9]{12}:backup-vault:", var.copy_to))
    error_message = "copy_to is the ARN of a vault in eu-west-2."
  }
}

variable "may_be_destroyed" {
  description = "Whether the vault may be emptied and deleted."
  type        = bool
}

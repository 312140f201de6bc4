variable "name" {
  description = "What the installation is called, in every name."
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

variable "repository_arn" {
  description = "From where the parts' image is drawn."
  type        = string
}

variable "secrets" {
  description = "For each part the secrets that it is told, by ARN."
  type        = map(list(string))
}

variable "secrets_key_arn" {
  description = "The key that secrets are encrypted under."
  type        = string
}

variable "cases_arn" {
  description = "The bucket of the files of cases."
  type        = string
}

variable "backups_arn" {
  description = "The bucket of dumps."
  type        = string
}

variable "storage_key_arn" {
  description = "The key that both buckets are encrypted under."
  type        = string
}

variable "metrics_arn" {
  description = "Where the collectors beside the parts may write metrics to; empty where there is none."
  type        = string
}

variable "operators" {
  description = "Who may take the operators' role: roles of the account in which people sign in."
  type        = list(string)
}

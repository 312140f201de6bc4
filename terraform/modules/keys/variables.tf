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

variable "secrets" {
  description = "The secrets that parts are told, by name, with what each is. Their values are put by `python -m deployments.production_secrets`, never by Terraform."
  type        = map(string)
}

variable "recovery_days" {
  description = "How long a deleted secret can be had again, in days; 0 forgets it at once."
  type        = number
}

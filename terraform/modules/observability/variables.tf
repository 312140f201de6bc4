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

variable "key_arn" {
  description = "The key that what is told is encrypted under."
  type        = string
}

variable "told" {
  description = "Who is told of alarms, by e-mail; each must answer the first e-mail."
  type        = set(string)
}

variable "cluster" {
  description = "The cluster, and for each service how many of it must run."
  type        = object({ name = string, services = map(number) })
}

variable "balancer" {
  description = "The load balancer and its target group as CloudWatch names them."
  type        = object({ load_balancer = string, target_group = string })
}

variable "databases" {
  description = "The database servers, with the free storage in GB below which an alarm is raised."
  type        = map(number)
}

variable "redis" {
  description = "Prefect's Redis."
  type        = string
}

variable "vault" {
  description = "The vault of backups."
  type        = string
}

variable "is_measured" {
  description = "Whether collectors stand beside the parts."
  type        = bool
}

variable "rules" {
  description = "The folder of the product's alert rules."
  type        = string
}

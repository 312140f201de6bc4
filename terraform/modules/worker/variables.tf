variable "name" {
  description = "What the installation is called, in every name."
  type        = string
}

variable "image" {
  description = "The image, by its digest."
  type        = string
}

variable "environment" {
  description = "What the part is told in the open, besides what this module adds."
  type        = map(string)
}

variable "secrets" {
  description = "What the part is told from the secrets manager: the ARN by the variable."
  type        = map(string)
}

variable "log" {
  description = "The key that logs are encrypted under, how long they are kept in days, and where."
  type        = object({ key_arn = string, days = number, region = string })
}

variable "placed" {
  description = "Where it runs."
  type = object({
    cluster_arn        = string
    subnet_ids         = list(string)
    security_group_ids = list(string)
  })
}

variable "roles" {
  description = "With what ECS starts it, and what it holds while it runs."
  type        = object({ starting = string, running = string })
}

variable "size" {
  description = "Processor (1024 is one), memory in MiB, and how many run."
  type        = object({ cpu = number, memory = number, count = number })
}

variable "beside" {
  description = "Containers beside it: the virus scanner, the collector of metrics."
  type = list(object({
    name        = string
    image       = string
    command     = list(string)
    environment = map(string)
  }))
}


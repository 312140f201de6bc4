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

variable "sizes" {
  description = "The servers (processor, memory, count), and the nodes of their Redis."
  type = object({
    server = object({ cpu = number, memory = number, count = number })
    redis  = object({ node = string, count = number })
  })
}

variable "roles" {
  description = "With what ECS starts it, and what it holds while it runs."
  type        = object({ starting = string, running = string })
}

variable "network" {
  description = "The network, the subnets of its Redis and the security group of it."
  type        = object({ vpc_id = string, subnet_ids = list(string), redis_group_id = string })
}

variable "data_key_arn" {
  description = "The key that what lies in its Redis is encrypted under."
  type        = string
}

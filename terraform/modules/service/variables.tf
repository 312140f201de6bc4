variable "name" {
  description = "What the installation is called."
  type        = string
}

variable "part" {
  description = "Which part this is: it names log, task definition and service."
  type        = string
}

variable "image" {
  description = "The image, by its digest."
  type        = string
}

variable "command" {
  description = "What the image is told: a word of deployments/image.py, and its words."
  type        = list(string)
}

variable "size" {
  description = "Processor (1024 is one), memory in MiB, and how many run."
  type        = object({ cpu = number, memory = number, count = number })
}

variable "port" {
  description = "Where it answers, if it does."
  type        = number
  default     = null
}

variable "environment" {
  description = "What it is told in the open."
  type        = map(string)
}

variable "secrets" {
  description = "What it is told from the secrets manager: the ARN by the variable."
  type        = map(string)
}

variable "is_well" {
  description = "The command by which the container is seen to be well; none where its end says all."
  type        = list(string)
  default     = null
}

variable "stop_seconds" {
  description = "How long it has to finish when it is told to stop."
  type        = number
  default     = 30
}

variable "beside" {
  description = "Containers beside it in the same task, on the same loopback address."
  type = list(object({
    name        = string
    image       = string
    command     = list(string)
    environment = map(string)
  }))
  default = []
}

variable "roles" {
  description = "With what ECS starts it, and what it holds while it runs."
  type        = object({ starting = string, running = string })
}

variable "log_key_arn" {
  description = "The key that its log is encrypted under."
  type        = string
}

variable "log_days" {
  description = "How long its log is kept, in days."
  type        = number
}

variable "region" {
  description = "Where it runs."
  type        = string
}

variable "placed" {
  description = "Where it runs; none for a task that is run once and ends."
  type = object({
    cluster_arn        = string
    subnet_ids         = list(string)
    security_group_ids = list(string)
  })
  default = null
}

variable "target_group_arn" {
  description = "The target group of the load balancer before it."
  type        = string
  default     = null
}

variable "registry_arn" {
  description = "Under which name others in the network find it."
  type        = string
  default     = null
}

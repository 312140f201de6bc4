variable "name" {
  description = "What the installation is called, in every name."
  type        = string
}

variable "cidr" {
  description = "The addresses of the network; a /16 leaves room for three kinds of subnets."
  type        = string
}

variable "zones" {
  description = "The availability zones of London, by their last letter; two at the least."
  type        = list(string)
}

variable "one_nat_gateway" {
  description = "One way out for all zones (cheaper), or one a zone (outlives a zone)."
  type        = bool
}

variable "private_services" {
  description = "AWS services reached inside the network instead of through the way out."
  type        = set(string)
}

variable "allowed_cidrs" {
  description = "Who may reach the load balancer."
  type        = list(string)
}

variable "mail_port" {
  description = "The port of the mail relay."
  type        = number
}

variable "log_key_arn" {
  description = "The key that logs are encrypted under."
  type        = string
}

variable "log_days" {
  description = "How long logs are kept, in days."
  type        = number
}

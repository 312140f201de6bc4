variable "name" {
  description = "What the installation is called, in every name."
  type        = string
}

variable "region" {
  description = "Where it runs."
  type        = string
}

variable "relay" {
  description = "`ses` for Amazon's own service, or the host of any SMTP relay that takes STARTTLS."
  type        = object({ host = string, port = number })
}

variable "sender" {
  description = "The address that e-mails come from."
  type        = string
}

variable "zone_id" {
  description = "The Route 53 zone of the sender's domain; empty where somebody else keeps it."
  type        = string
}


variable "name" {
  description = "What the installation is called."
  type        = string
}

variable "key_arn" {
  description = "The key that the parts' temporary disks and the images are encrypted under."
  type        = string
}

variable "may_be_destroyed" {
  description = "Whether the images may be deleted with their repository."
  type        = bool
}

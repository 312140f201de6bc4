variable "name" {
  description = "What the installation is called, in every name."
  type        = string
}

variable "code" {
  description = "The partnership's code, as in its case references; `installation` for Keyline's own audit."
  type        = string
}

variable "id" {
  description = "The partnership's id, as the product makes it from the code."
  type        = string
}

variable "alias_prefix" {
  description = "What the aliases of these keys begin with; the product adds the id."
  type        = string
}

variable "account_id" {
  description = "The AWS account."
  type        = string
}

variable "users" {
  description = "The roles of the parts that open and keep this partnership's files."
  type        = list(string)
}

variable "may_be_destroyed" {
  description = "Say so before the partnership is taken out of the map: without its key its files are gone."
  type        = bool
}

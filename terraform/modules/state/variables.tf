variable "account_id" {
  description = "The AWS account that keeps the state."
  type        = string
}

variable "administrators" {
  description = "The roles that may read and write state."
  type        = list(string)
}

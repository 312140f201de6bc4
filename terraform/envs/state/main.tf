# Where the other environments keep their state: made once an account, with a state of its own on the
# disk of whoever makes it, and never changed again (terraform/README.md).

terraform {
  required_version = ">= 1.11, < 2.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 6.0"
    }
  }
}

provider "aws" {
  region              = "eu-west-2"
  allowed_account_ids = [var.account_id]
}

variable "account_id" {
  description = "The AWS account that keeps the state."
  type        = string
}

variable "administrators" {
  description = "The roles that may read and write state."
  type        = list(string)
}

module "state" {
  source         = "../../modules/state"
  account_id     = var.account_id
  administrators = var.administrators
}

output "backend" {
  description = "What `terraform init -backend-config=...` is told."
  value       = module.state.backend
}

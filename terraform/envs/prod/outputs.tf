output "address" {
  description = "To where the domain must point."
  value       = module.keyline.address
}

output "dns_records" {
  description = "The records that somebody must enter where the zones are not ours."
  value       = module.keyline.dns_records
}

output "repository" {
  description = "To where the image is pushed."
  value       = module.keyline.repository
}

output "release" {
  description = "How the release is run."
  value       = module.keyline.release
}

output "secrets" {
  description = "What `python -m deployments.production_secrets` needs; no value is in it."
  value       = module.keyline.secrets
}

output "partnership_keys" {
  description = "The alias of each partnership's key."
  value       = module.keyline.partnership_keys
}

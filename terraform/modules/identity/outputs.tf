output "starting" {
  description = "The role with which ECS starts each part."
  value       = { for part, role in aws_iam_role.starting : part => role.arn }
}

output "running" {
  description = "The role that each part holds while it runs."
  value       = { for part, role in aws_iam_role.running : part => role.arn }
}

output "keep_files" {
  description = "The roles of the parts that open and keep files."
  value       = [for part in local.keep_files : aws_iam_role.running[part].arn]
}

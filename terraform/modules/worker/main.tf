# What carries cases: a pair of processes a task (decision 0011), two tasks to outlive a machine.

module "worker" {
  source = "../service"

  name        = var.name
  part        = "worker"
  image       = var.image
  command     = ["worker"]
  size        = var.size
  environment = var.environment
  secrets     = var.secrets
  roles       = var.roles
  beside      = var.beside
  log_key_arn = var.log.key_arn
  log_days    = var.log.days
  region      = var.log.region
  placed      = var.placed

  # Its parent starts a process again that ends or hangs; the parent itself is looked at from here.
  is_well = ["python", "-P", "-m", "deployments.worker.alive"]
  # What is in hand after ten seconds is given back; then it ends.
  stop_seconds = 60
}

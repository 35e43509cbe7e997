variable "backup_days" {
  description = "How long backups of the order database are kept."
  type        = number
}

resource "aws_db_instance" "orders" {
  identifier              = "orders"
  engine                  = "postgres"
  instance_class          = "db.r6g.large"
  allocated_storage       = 100
  backup_retention_period = var.backup_days
  multi_az                = true
  skip_final_snapshot     = true
}

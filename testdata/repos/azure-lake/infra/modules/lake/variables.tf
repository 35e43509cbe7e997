variable "name" {
  type = string
}

variable "resource_group_name" {
  type = string
}

variable "location" {
  type = string
}

variable "replication" {
  type    = string
  default = "LRS"
}

variable "stages" {
  type = list(string)
}

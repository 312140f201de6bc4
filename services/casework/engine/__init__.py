"""What runs without a person: machine work under a lease, email delivery, reminders, operations."""

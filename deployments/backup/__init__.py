"""Backups of the database, and trials of restoring them."""

"""The acts of those who attend the rapid review meeting, and of whoever invites them."""

"""The acts of those who attend a meeting, and of whoever invites them or keeps its record."""

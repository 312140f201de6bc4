"""The acts of a review that partnerships share, and what reaches a side from another."""

"""The acts of each step of the guidance, one module a step."""

"""The acts of each step of the guidance: one act or a close pair of acts a module."""

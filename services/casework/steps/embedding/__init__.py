"""The action plan and its progress."""

"""Who may see which case, and which of its documents."""

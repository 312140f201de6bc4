"""What Keyline does: the guidance (domain), the acts (casework), the neighbours, the pages."""

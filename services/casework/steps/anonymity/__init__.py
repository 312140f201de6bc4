"""Whether a report may be published as it stands: what it holds of the case's own (PUB-16, G10)."""

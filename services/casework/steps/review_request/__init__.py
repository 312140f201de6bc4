"""A request that a local review is considered, and what the partners decide of it (Doc 1b)."""

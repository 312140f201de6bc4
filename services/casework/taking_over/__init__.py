"""A case that began before Keyline is taken over, each act as of the day on which it was done."""

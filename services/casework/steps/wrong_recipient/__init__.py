"""Documents that went to the wrong person, and the decision within 72 hours."""

"""How a publication is prepared and what is said: planned before the report is endorsed."""

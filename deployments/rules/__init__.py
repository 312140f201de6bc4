"""How much of the framework is kept: each of its ids, what keeps it, and what is missing."""

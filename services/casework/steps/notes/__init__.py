"""What people note about a case, and of calls about it, and what they ask each other."""

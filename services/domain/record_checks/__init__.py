"""What a rapid review's record must not hold, and how long it is, read from its text."""

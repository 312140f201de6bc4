"""What the police hold back, and what waits because of it."""

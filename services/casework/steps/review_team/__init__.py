"""The review team of a local review: its meetings, and what it agrees on the way."""

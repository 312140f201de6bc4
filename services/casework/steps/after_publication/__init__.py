"""What becomes of a published report: taken down, published again, redacted at once."""

"""What a page shows, gathered for the person who looks at it."""

"""What keeps partnerships apart in the database, checked: the catalogue, and mutations of it."""

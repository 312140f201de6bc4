"""A person's days as another program's calendar reads them: who opens it, and what it holds."""

"""The door at which a national body, which has no account, collects what was sent to it."""

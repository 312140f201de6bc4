"""The learning event of a local review: planned, held, and its practitioners heard on the draft."""

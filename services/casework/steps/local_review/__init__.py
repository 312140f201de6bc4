"""The local review: its terms, its reviewer, the agencies' reports and the draft."""

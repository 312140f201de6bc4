"""The family in a local review: who takes part, how they are reached, what they say (FAM)."""

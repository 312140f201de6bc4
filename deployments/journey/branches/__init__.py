"""The ways an incident can take, each with its dates: every date here was counted by hand."""

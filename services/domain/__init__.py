"""What the guidance says, in the standard library only."""

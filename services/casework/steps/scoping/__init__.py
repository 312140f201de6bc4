"""What each agency knew of the family: asked for, chased and returned."""

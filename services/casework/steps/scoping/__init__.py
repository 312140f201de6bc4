"""What each agency knew of the family: asked for, chased, returned, and what if it is silent."""

"""Other reviews and proceedings beside this one, begun at scoping (PAR-01 to PAR-04, LC-20)."""

"""How each kind of document is composed from the record, made and stored."""

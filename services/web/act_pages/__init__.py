"""How each act meets people: the address of its page, its title, its button, what may be chosen."""

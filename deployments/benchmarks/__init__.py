"""How quick the product is on this machine, measured against what its database can do at best."""

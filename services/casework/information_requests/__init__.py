"""Requests for information and complaints: what came, who holds it, its clock, what became of it.

A request is a record of the partnership and no act on a case (decision 0067). It goes to whoever
holds the information; what is given, and what is left out by which provision, two people decide.
"""

"""Systems that speak by the API: how one gets its secret, its tokens, and those of people.

They are let in on the pages of the partnership's people (`casework/people/systems.py`).
"""

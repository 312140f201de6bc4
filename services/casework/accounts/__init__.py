"""How people come in: signing in, what a browser carries, and as what somebody acts.

It stands before the partnerships: nobody has chosen one yet. Its transactions are those of the
sign-in role (`database/sessions.py`), which sees no case.
"""

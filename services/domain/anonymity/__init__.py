"""What of a case must not stand in anything that is published of it (PUB-16).

The case's own people, days and places are known; they are found in every way of writing that is
thought of here. What is not on record cannot be found: a nickname, or a street that nobody named.
"""

"""Which step of the guidance is taken: one thin Prefect task a step.

Traps. A task body is a line or two and calls casework. A task's input is the case's id, nothing
else; values travel through the database. Tries again, waits and parking belong to the pieces of
work in our own record, so tasks have no retries. Docstrings are shown to operators by Prefect.
"""

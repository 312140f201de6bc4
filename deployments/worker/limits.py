"""How long a worker's process may stand still, and the statuses with which it ends itself."""

STUCK_AFTER = 180.0
"""Seconds after which a process whose main loop does not turn is ended by a watchdog in C."""

OVERDUE = 75
"""A piece of work took longer than any may: the supervisor is to start the process again."""

PARENT_IS_GONE = 76
"""The process that was to see how this one ends has ended itself."""

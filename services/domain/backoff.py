"""How long to wait before machine work is tried again, and when to leave it for a person."""

from datetime import timedelta

_AWAY = (timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2))
_STILL_AWAY = timedelta(minutes=10)
_LONGEST_AWAY = timedelta(hours=72)
_FAILED = (timedelta(minutes=1), timedelta(minutes=5))


def after_nobody_answered(times: int) -> timedelta | None:
    """Return the wait after a neighbour was away so many times; nothing once 72 hours are over."""
    if times <= len(_AWAY):
        return _AWAY[times - 1]
    waited = sum(_AWAY, timedelta()) + (times - len(_AWAY) - 1) * _STILL_AWAY
    return _STILL_AWAY if waited < _LONGEST_AWAY else None


def after_a_failure(times: int) -> timedelta | None:
    """Return the wait after the work itself failed; nothing after the third time."""
    return _FAILED[times - 1] if times <= len(_FAILED) else None

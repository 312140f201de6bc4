"""A time of the day as people type it, kept as hours and minutes."""

import re
from typing import Final

_TIME: Final = re.compile(r"(?P<hour>[01]?[0-9]|2[0-3])[:.](?P<minute>[0-5][0-9])")


def clock_time(typed: str) -> str:
    """Return the time of the day as `09:30`.

    Raises ValueError, in words for who typed it, where it is none.
    """
    found = _TIME.fullmatch(typed)
    if found is None:
        raise ValueError("Enter a time of the day, like 09:30 or 13:00.")
    return f"{int(found['hour']):02}:{found['minute']}"

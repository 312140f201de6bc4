"""A calendar that other programs read: whose days it holds, how long its address lasts."""

from datetime import timedelta
from enum import StrEnum
from typing import Final

LASTS: Final = timedelta(days=365)
"""How long an address opens the calendar; its owner then makes another one."""

MOST: Final = 5
"""How many addresses a person has at once in one role: an office, a telephone, some to spare."""

TOLD_AFTER_THE_END: Final = timedelta(days=30)
"""How long it is told of what was done or called off, so that every calendar takes it out."""

PAST: Final = timedelta(days=90)
"""How long a meeting that was held stays in it."""


class FeedKind(StrEnum):
    """Whose days the calendar holds."""

    OWN = "own"
    PARTNERSHIP = "partnership"

"""How a day, or a day with a time, that somebody wrote in words stands in the boxes of a form."""

import re
from typing import Final

from services.web.forms.fields import DAY_PARTS

LONGEST: Final = 60  # no day and time that a person writes has more
# Each word after the time begins with its space: a pattern that could part the same letters in
# several ways would try all of them.
_TIME: Final = r"(?:(?:T|[,\s]+(?:at\s+)?)(?P<time>[0-9]\S*(?:\s(?:am|pm|bst|gmt))*))?"
_DAY_FIRST: Final = re.compile(
    r"(?:[a-z]{3,9},?\s+)?(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s./-]+"
    r"(?P<month>[a-z]{3,9}\.?|[0-9]{1,2}),?[\s./-]+(?P<year>[0-9]{4})" + _TIME,
    re.IGNORECASE,
)
_YEAR_FIRST: Final = re.compile(
    r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})" + _TIME,
    re.IGNORECASE,
)


def boxes_of(text: str) -> dict[str, str]:
    """Return day, month, year and time as they were written; nothing where it is no date.

    Whether they are a real day and time the form says, as of what is typed.
    """
    plain = " ".join(text.split()).rstrip(".")
    if len(plain) > LONGEST:
        return {}
    found = _DAY_FIRST.fullmatch(plain) or _YEAR_FIRST.fullmatch(plain)
    if found is None:
        return {}
    return {part: found[part] or "" for part in (*DAY_PARTS, "time")}

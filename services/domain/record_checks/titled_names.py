"""Names of people at work by the title or the post that stands before them (LC-34).

It finds who was never registered, and is sometimes wrong: whoever sends the text may say of a name
that it is no practitioner's.
"""

import re
from typing import Final

_POSTS: Final = (
    "social worker",
    "health visitor",
    "school nurse",
    "family support worker",
    "midwife",
    "teacher",
    "headteacher",
    "police constable",
    "detective constable",
    "detective sergeant",
)
_TITLES: Final = (
    "Mr|Mrs|Ms|Miss|Mx|Dr|Doctor|Prof|Professor|Nurse|Sister|Sgt|Sergeant|Inspector|PC|WPC|DC|DS"
    "|DI|DCI|DSI|PCSO|SW|HV|CPN|FSW|SENCO"
)
_BY_POST: Final = "|".join(f"[{one[0].upper()}{one[0]}]{one[1:]}" for one in _POSTS)
_NAME: Final = r"[A-Z](?:[a-z]|['\u2019-][A-Z])['\u2019a-zA-Z-]{0,30}"
_TITLED: Final = re.compile(
    rf"\b(?:{_TITLES}|{_BY_POST})\.?\s(?:[0-9]{{1,6}}\s)?(?P<name>{_NAME}(?:\s{_NAME}){{0,2}})"
)
# What may stand after a post and is no name: the rest of what it is called, a day, or a month.
_AFTER_A_POST: Final = (
    "practice surgery team service services unit manager lead leader records record clinic "
    "hospital school office department assistant student locum"
)
_DAYS: Final = "monday tuesday wednesday thursday friday saturday sunday"
_MONTHS: Final = (
    "january february march april may june july august september october november december"
)
_NO_NAMES: Final = frozenset(f"{_AFTER_A_POST} {_DAYS} {_MONTHS}".split())


def titled_names(text: str) -> tuple[str, ...]:
    """Return each name after a title or a post, with it, in the order of the text."""
    found = (
        " ".join(one.group().split())
        for one in _TITLED.finditer(text)
        if one["name"].split()[0].casefold() not in _NO_NAMES
    )
    return tuple(dict.fromkeys(found))

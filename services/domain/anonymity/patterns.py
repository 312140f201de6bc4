"""What looks as if it could tell who somebody is, whether or not it is the case's own.

These are questions to who reads the report: publication waits for none of them.
"""

import re
from collections.abc import Iterator
from typing import Final

from services.domain.anonymity.known import FoundWords, HitKind

_SMALL: Final = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen"
).replace(" ", "|")
_PATTERNS: Final = (
    (HitKind.POSTCODE, re.compile(r"\b(?:GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2})\b")),
    (
        HitKind.EMAIL,
        re.compile(r"[\w.+-]{1,64}\s?@\s?[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}\b"),
    ),
    (
        HitKind.TELEPHONE,
        re.compile(
            r"(?<![\w+])(?:\+44\s?(?:\(0\)\s?)?|\(?0)\d{2,4}\)?[\s-]?\d{3,4}[\s-]?\d{3,4}(?!\d)"
        ),
    ),
    (
        HitKind.AGE,
        re.compile(
            rf"\b(?:aged?\s+(?:of\s+)?(?:\d{{1,2}}|{_SMALL})\b"
            rf"|(?:\d{{1,2}}|{_SMALL})[\s-](?:years?|months?|weeks?|days?)[\s-]old\b)",
            re.IGNORECASE,
        ),
    ),
)
_TEN: Final = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")


def find_patterns(text: str) -> Iterator[FoundWords]:
    """Yield postcodes, NHS numbers, telephone numbers, e-mail addresses and ages in a text."""
    for kind, pattern in _PATTERNS:
        for one in pattern.finditer(text):
            yield FoundWords(one.start(), one.end(), kind)
    for one in _TEN.finditer(text):
        if is_nhs_number(one[0]):
            yield FoundWords(one.start(), one.end(), HitKind.NHS_NUMBER)


def is_nhs_number(text: str) -> bool:
    """Tell whether ten digits are an NHS number: the last one checks the others."""
    digits = [int(one) for one in text if one.isdigit()]
    if len(digits) != 10:
        return False
    rest = 11 - sum(digit * (10 - at) for at, digit in enumerate(digits[:9])) % 11
    return rest != 10 and digits[9] == (0 if rest == 11 else rest)

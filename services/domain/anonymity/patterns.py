"""What leads to somebody by its form, whether or not it is the case's own: PUB-16.

A postcode, an NHS number, a telephone number or an e-mail address waits until it is settled, but
those that are public. An age is a question to who reads the report.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from services.domain.anonymity.known import FoundWords, HitKind

_SMALL: Final = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen"
).replace(" ", "|")
# The areas of the United Kingdom's postcodes: in small letters only one of these makes a postcode.
_AREAS_SAID: Final = (
    "ab al b ba bb bd bh bl bn br bs bt ca cb cf ch cm co cr ct cv cw da dd de dg dh dl dn dt dy e "
    "ec eh en ex fk fy g gl gu gy ha hd hg hp hr hs hu hx ig im ip iv je ka kt kw ky l la ld le ll "
    "ln ls lu m me mk ml n ne ng nn np nr nw ol or ox pa pe ph pl po pr rg rh rm s sa se sg sk sl "
    "sm sn so sp sr ss st sw sy ta td tf tn tq tr ts tw ub w wa wc wd wf wn wr ws wv yo ze"
)
_AREAS: Final = "|".join(_AREAS_SAID.split())
# What follows a number in small letters and is no end of a postcode: “s47 3rd”, “e1 2hr”.
_AFTER_A_NUMBER: Final = "st|nd|rd|th|yr|hr|ft|lb"
_PATTERNS: Final = (
    (
        HitKind.POSTCODE,
        re.compile(
            r"(?<![^\W_])(?:GIR[\s_]?0AA|[A-Z]{1,2}\d[A-Z\d]?[\s_-]?\d[ABD-HJLNP-UW-Z]{2}"
            rf"|(?i:(?:{_AREAS})\d[a-z\d]?[\s_]?\d(?!{_AFTER_A_NUMBER})[abd-hjlnp-uw-z]{{2}}))"
            r"(?![^\W_])"
        ),
    ),
    (
        HitKind.EMAIL,
        re.compile(r"[\w.+-]{1,64}\s?@\s?[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}\b"),
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
_CALLED: Final = re.compile(
    r"(?<![^\W_])(?<![+])(?<!\w[-.])(?:(?:\+|00)\s?44[\s._-]{0,2}(?:\(0\)\s?)?\d{2,5}|\(?0\d{2,5})\)?"
    r"[\s._-]{0,3}\d{3,6}(?:[\s._-]{0,3}\d{3,6})?(?!\d)"
)
_TEN: Final = re.compile(r"(?<![^\W_])\d{3}[\s._-]?\d{3}[\s._-]?\d{4}(?![^\W_])")
_LENGTHS: Final = frozenset({10, 11})
"""How many figures a number of the United Kingdom has, from its 0 on."""


def find_patterns(text: str) -> Iterator[FoundWords]:
    """Yield postcodes, NHS numbers, telephone numbers, e-mail addresses and ages in a text."""
    for kind, pattern in _PATTERNS:
        for one in pattern.finditer(text):
            yield FoundWords(one.start(), one.end(), kind)
    for one in _CALLED.finditer(text):
        if len(as_compared(HitKind.TELEPHONE, one[0])) in _LENGTHS:
            yield FoundWords(one.start(), one.end(), HitKind.TELEPHONE)
    for one in _TEN.finditer(text):
        if is_nhs_number(one[0]):
            yield FoundWords(one.start(), one.end(), HitKind.NHS_NUMBER)


def public_in(texts: Iterable[str]) -> frozenset[str]:
    """Return the addresses, postcodes and telephone numbers in what is public, as compared."""
    return frozenset(
        as_compared(one.kind, text[one.start : one.end])
        for text in texts
        for one in find_patterns(text)
        if one.kind.is_waited_for
    )


def as_compared(kind: HitKind, words: str) -> str:
    """Return an address or a number as it is compared, however it is written."""
    if kind is HitKind.TELEPHONE:
        figures = "".join(one for one in words if one.isdigit())
        return re.sub(r"^(?:00)?440?", "0", figures) if words[0] != "(" else figures
    return "".join(one for one in words.casefold() if not one.isspace() and one != "_")


def is_nhs_number(text: str) -> bool:
    """Tell whether ten digits are an NHS number: the last one checks the others."""
    digits = [int(one) for one in text if one.isdigit()]
    if len(digits) != 10:
        return False
    rest = 11 - sum(digit * (10 - at) for at, digit in enumerate(digits[:9])) % 11
    return rest != 10 and digits[9] == (0 if rest == 11 else rest)

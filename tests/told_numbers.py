"""Which numbers of days, months or partners a text tells that are the framework's, or nobody's.

A partnership has lengths of its own, so that a text may tell one only as what the law or the
guidance asks, or as the partnership's policy has it.
"""

import re
from collections.abc import Collection, Iterator

_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "twenty thirty forty sixty ninety"
)
VALUES = dict(zip(_WORDS.split()[:15], range(1, 16), strict=True)) | {"twenty": 20, "thirty": 30}
_NUMBER = r"\d+|" + "|".join(_WORDS.split())
# "One" alone is more often somebody than a number, so it must stand before a whole unit of time.
TIME = re.compile(
    rf"\b({_NUMBER})[ -](?:(?:clear|full|whole|more) )?(?:(?:working|calendar|clear) )?"
    r"(?:day|week|month|year|hour|minute)s?\b",
    re.IGNORECASE,
)
PARTNERS = re.compile(
    r"\b(?:three|3) (?:safeguarding )?partners?\b|\ball three\b(?! bodies)", re.IGNORECASE
)
AS_A_RULE = re.compile(r"\b[Gg]uidance (?:asks|counts)\b|\bThe law asks\b|UK GDPR|GOV\.UK's")
_SENTENCE = re.compile(r"(?<=[.:?!])\s+|<[^>]*>|\{%[^%]*%\}|\n\n")


def numbers_told(text: str, own: Collection[int] = ()) -> Iterator[str]:
    """Yield each sentence that tells a number which is neither a rule's nor among `own`."""
    for sentence in filter(None, map(str.strip, _SENTENCE.split(text))):
        if PARTNERS.search(sentence):
            yield sentence
        if not AS_A_RULE.search(sentence) and any(
            _value(said) not in own for said in TIME.findall(sentence)
        ):
            yield sentence


def _value(said: str) -> int:
    return int(said) if said.isdigit() else VALUES.get(said.casefold(), -1)

"""What stands in a rapid review that it should not hold: found in its text (RR-23 to RR-26).

A finding is a question to who writes the record, and no verdict: the guidance forbids, and a
machine that reads the text cannot know every case in which the words are right. It is changed, or
kept with a reason. Where the guidance gives no number, ours stands as a constant with its reason.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID, uuid5

from services.domain.record_checks.attachments import not_in_the_text
from services.domain.record_checks.chronologies import lengthy_chronology, years_back
from services.domain.record_checks.minutes import word_for_word
from services.domain.record_checks.passages import KnownOfCase, RecordText
from services.domain.record_checks.pasted_forms import pasted_form, pasted_of_case

_FINDINGS: Final = UUID("5f5d9a51-6a0e-4b8f-9f0c-8f3a6a1c2d47")


class MustNotHold(StrEnum):
    """What the Panel's guidance says that a rapid review should not include."""

    REFERRAL_FORM = "referral_form"
    LONG_CHRONOLOGY = "long_chronology"
    YEARS_BACK = "years_back"
    VERBATIM_MINUTES = "verbatim_minutes"
    EMBEDDED_DOCUMENT = "embedded_document"

    @property
    def rule(self) -> str:
        """Return the id of the rule."""
        return _CHECKS[self][0]


@dataclass(frozen=True, slots=True)
class RecordFinding:
    """What one part of the record seems to hold, with the passages in which it was found.

    ``is_of_case`` says that it was found by the words of a form of this case: only who reads that
    form finds it.
    """

    what: MustNotHold
    part: str
    passages: tuple[str, ...]
    is_of_case: bool = False

    @property
    def id(self) -> UUID:
        """Return the id of these words in this part: other words are another finding."""
        words = [self.what.value, self.part, *self.passages, *(["of case"] * self.is_of_case)]
        return uuid5(_FINDINGS, json.dumps(words, ensure_ascii=False))


def find(parts: Iterable[RecordText], known: KnownOfCase) -> tuple[RecordFinding, ...]:
    """Return what the parts seem to hold of what they must not, in their order.

    The same text and the same case give the same findings (RR-23 to RR-26).
    """
    return tuple(found for part in parts for found in _in(part, known))


def _in(part: RecordText, known: KnownOfCase) -> Iterator[RecordFinding]:
    for what, (_rule, check) in _CHECKS.items():
        passages = check(part, known)
        if passages:
            yield RecordFinding(what, part.name, passages)
    for passages in dict.fromkeys(pasted_of_case(part, known)):
        yield RecordFinding(MustNotHold.REFERRAL_FORM, part.name, passages, is_of_case=True)


_Check = Callable[[RecordText, KnownOfCase], tuple[str, ...]]
_CHECKS: Final[dict[MustNotHold, tuple[str, _Check]]] = {
    MustNotHold.REFERRAL_FORM: ("RR-23", pasted_form),
    MustNotHold.LONG_CHRONOLOGY: ("RR-24", lengthy_chronology),
    MustNotHold.YEARS_BACK: ("RR-24", years_back),
    MustNotHold.VERBATIM_MINUTES: ("RR-25", word_for_word),
    MustNotHold.EMBEDDED_DOCUMENT: ("RR-26", not_in_the_text),
}

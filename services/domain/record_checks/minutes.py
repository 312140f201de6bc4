"""Verbatim minutes: who said what, turn by turn (RR-25: "focus on summaries and analyses")."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from services.domain.record_checks.passages import (
    KnownOfCase,
    RecordText,
    all_sentences,
    paragraphs,
)

TURNS: Final = 4
"""So many turns of speakers, of whom two speak more than once, read as minutes [inf]."""
RUN: Final = 5
"""So many sentences in a row that each tell what somebody said read as minutes [inf]."""

_TURN: Final = re.compile(
    r"^(?:[-*•]\s*)?(?:[(\[]?[0-9]{1,2}[:.][0-9]{2}[)\]]?\s+)?"
    r"(?P<who>[A-Z][A-Za-z'\u2019.-]{0,30}(?: [A-Za-z(][A-Za-z'\u2019.()-]{0,30}){0,4})"
    r"\s?[:\u2013\u2014]\s*\S"
)
_SAID: Final = re.compile(
    r"^\W{0,3}(?:[\w'\u2019().-]{1,40}\s){1,6}?"
    r"(?:said|stated|asked|replied|responded|answered|queried|commented|added|remarked|reiterated|"
    r"enquired|thanked|welcomed|apologi[sz]ed)\b"
)
_HEADING: Final = re.compile(
    r"^(?:[0-9]{1,2}[.)]?\s+)?(minutes of|apologies|matters arising|any other business|aob\b|"
    r"declarations? of interest|date of (?:the )?next meeting|"
    r"(?:the )?meeting (?:opened|closed) at|"
    r"in attendance\b|attendees\b|present:|welcome and introductions)",
    re.I,
)


def word_for_word(part: RecordText, _known: KnownOfCase) -> tuple[str, ...]:
    """Return what reads as verbatim minutes: turns of speakers, a run of reported speech, headings.

    It is one of the three that is returned: the first that is there.
    """
    lines = list(paragraphs(part.text))
    return _turns(lines) or _run(all_sentences(part.text)) or _headings(lines)


def _turns(lines: Sequence[str]) -> tuple[str, ...]:
    turns = [(found["who"], line) for line in lines if (found := _TURN.match(line))]
    often = [who for who, times in Counter(who for who, _line in turns).items() if times > 1]
    if len(turns) < TURNS or len(often) < 2:
        return ()
    return tuple(line for _who, line in turns)


def _run(said: Sequence[str]) -> tuple[str, ...]:
    """Return the first run of sentences of which each tells that somebody said something."""
    for is_speech, group in groupby(said, lambda one: _SAID.match(one) is not None):
        run = tuple(group)
        if is_speech and len(run) >= RUN:
            return run
    return ()


def _headings(lines: Sequence[str]) -> tuple[str, ...]:
    found = {match[1].casefold(): line for line in lines if (match := _HEADING.match(line))}
    return tuple(found.values()) if len(found) > 1 else ()

"""A partnership's own Word templates: of which kinds of paper it may have one, and what it leaves.

A template says how a paper reads and looks; what is on record stands in it whatever it says. So
each kind has names that a template fills in, and texts that it may not leave out. One more kind is
one more line of `OFFERED`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from services.domain.documents import DocumentKind


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedKind:
    """A kind of paper that a partnership may word: for whom it is, and what of it always stands.

    With ``keeps_opening`` and ``keeps_closing`` the house's first and last words stand too, since
    they say what may be done with the paper, or what the guidance asks it to say.
    """

    whom: str
    keeps_opening: bool = False
    keeps_closing: bool = False


def _whole(whom: str) -> OfferedKind:
    """Return a kind of which every word of the house stands; its look and order are one's own."""
    return OfferedKind(whom=whom, keeps_opening=True, keeps_closing=True)


_TO_WHO_IS_ASKED: Final = "an agency that takes part in a review"
_TO_PRACTITIONERS: Final = "the practitioners who are invited to a learning event"
_TO_THOSE_WHO_DECIDE: Final = "the review group and the safeguarding partners"

OFFERED: Final[Mapping[DocumentKind, OfferedKind]] = MappingProxyType(
    {
        DocumentKind.SCOPING_LETTER: OfferedKind(whom="an agency that is asked what it knows"),
        DocumentKind.MEETING_PACK: _whole("those who meet for a rapid review"),
        DocumentKind.MEETING_RECORD: _whole("those who met for a rapid review"),
        DocumentKind.TERMS_OF_REFERENCE: _whole("the reviewer and the safeguarding partners"),
        DocumentKind.AUTHOR_REQUIREMENTS: OfferedKind(
            whom="whoever offers to carry out a review", keeps_closing=True
        ),
        DocumentKind.DRAFTING_GUIDANCE: OfferedKind(
            whom="whoever writes the report", keeps_closing=True
        ),
        DocumentKind.TEAM_MINUTES: _whole("the review team"),
        DocumentKind.PROGRESS_REQUEST: _whole("the reviewer who is asked how it goes"),
        DocumentKind.FAMILY_LETTER: _whole("somebody of the family"),
        DocumentKind.FAMILY_LEAFLET: _whole("families"),
        DocumentKind.REPORT_REQUEST: OfferedKind(whom=_TO_WHO_IS_ASKED),
        DocumentKind.CHRONOLOGY_GUIDANCE: OfferedKind(whom=_TO_WHO_IS_ASKED, keeps_closing=True),
        DocumentKind.FORMAL_NOTICE: _whole("an agency that has not answered"),
        DocumentKind.LEARNING_INVITATION: OfferedKind(
            whom="an agency whose practitioners are invited", keeps_closing=True
        ),
        DocumentKind.LEARNING_BRIEFING: _whole(_TO_PRACTITIONERS),
        DocumentKind.LEARNING_AGENDA: _whole(_TO_PRACTITIONERS),
        DocumentKind.LEARNING_WORKSHEETS: _whole(_TO_PRACTITIONERS),
        DocumentKind.DISCLOSURE_SCHEDULE: _whole("police and prosecution"),
        DocumentKind.RECOMMENDATIONS: _whole(_TO_THOSE_WHO_DECIDE),
        DocumentKind.REPORT_VERSION: OfferedKind(
            whom="the reviewer and the review group", keeps_opening=True
        ),
        DocumentKind.PUBLICATION_STRATEGY: _whole(_TO_THOSE_WHO_DECIDE),
        DocumentKind.PRESS_STATEMENT: _whole("spokespeople"),
        DocumentKind.ACTION_PLAN: _whole("the agencies that own its actions"),
        DocumentKind.AUDIT_REPORT: OfferedKind(whom=_TO_THOSE_WHO_DECIDE),
        DocumentKind.PRACTICE_BRIEFING: OfferedKind(whom="teams that work with families"),
        DocumentKind.DISSEMINATION_PLAN: OfferedKind(whom=_TO_THOSE_WHO_DECIDE),
    }
)
"""The papers that the partnership's people write or send under its own name, as a case goes on.

Not what goes to the national bodies, what an agency sent, what proves something (logs, positions,
confirmations, digests), what is drawn or is read back from its Word file, and what is published:
that is the text which was sent before, to the letter (decision 0085).
"""

_OWN: Final = re.compile(r"\bown-([1-9][0-9]*)$")
_INSTEAD: Final = re.compile(r"\binstead-of-([1-9][0-9]*)$")


def own_name(kind: DocumentKind, sha256: str, version: int) -> str:
    """Return by which name a paper says that it was made from that version of the partnership's."""
    return f"{kind} {sha256[:16]} own-{version}"


def instead_name(house: str, version: int) -> str:
    """Return by which name a paper says that the house's template stood in for that version."""
    return f"{house} instead-of-{version}"


def told_of(template: str) -> str:
    """Say from which template a paper was made; nothing where it is the house's own as usual."""
    own, instead = _OWN.search(template), _INSTEAD.search(template)
    if own is not None:
        return f"From version {own[1]} of the partnership's own template."
    if instead is not None:
        return (
            f"From Keyline's own template: version {instead[1]} of the partnership's could not be "
            "filled in."
        )
    return ""


def is_instead(template: str) -> bool:
    """Tell whether the house's template stood in for one that could not be filled in."""
    return version_passed_over(template) is not None


def version_passed_over(template: str) -> int | None:
    """Return for which version of the partnership's own the house's stood in, if it did."""
    instead = _INSTEAD.search(template)
    return None if instead is None else int(instead[1])

"""Two versions of the report, or of the terms of reference, with what differs between them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from types import MappingProxyType
from typing import Final

from services.casework.access.parts import reads_family
from services.database.cases import Case
from services.database.history import all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.compared_texts import ComparedPart, compared
from services.domain.entry_types import THE_REPORT, EntryType
from services.web.timeline import Told, tell

VERSIONED: Final[Mapping[str, tuple[EntryType, ...]]] = MappingProxyType(
    {"report": THE_REPORT, "terms": (EntryType.TERMS_AGREED,)}
)
_CALLED: Final = {"report": "report", "terms": "terms of reference"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TextVersion:
    """One version: its number, by whom and when, and how it came."""

    number: int
    who: str
    at: datetime
    entry_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionsView:
    """The versions that the person reads, the two that are compared, and the parts that differ."""

    of: str
    called: str
    versions: tuple[TextVersion, ...]
    first: int
    second: int
    parts: tuple[ComparedPart, ...]
    same: int


def versions_view(
    work: UnitOfWork, case: Case, of: str, first: str, second: str
) -> VersionsView | None:
    """Return it to a person who reads of the family: the last two where no others are chosen."""
    if not reads_family(work, case.id):
        return None
    of = of if of in VERSIONED else "report"
    told = tell(work, all_of(work.session, case.id, *VERSIONED[of]))
    newest = len(told)
    later = _chosen(second, newest, newest)
    earlier = _chosen(first, newest, max(later - 1, 1))
    texts = [_texts(one) for one in told]
    was, now = (texts[one - 1] if texts else {} for one in (earlier, later))
    parts = compared(was, now)
    return VersionsView(
        of=of,
        called=_CALLED[of],
        versions=tuple(
            TextVersion(number=number, who=one.who, at=one.at, entry_type=one.entry_type)
            for number, one in enumerate(told, 1)
        ),
        first=earlier,
        second=later,
        parts=parts,
        same=len({*was, *now}) - len(parts),
    )


def _chosen(typed: str, newest: int, usual: int) -> int:
    """Return the number that was chosen, if there is such a version, else the usual one."""
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 0
    return number if 1 <= number <= newest else usual


def _texts(told: Told) -> dict[str, str]:
    """Return what a version says, by the headings of its parts: rows of one heading together."""
    by_label = groupby(told.said, key=lambda one: one.label)
    found: dict[str, str] = {}
    for label, answers in by_label:
        said = "\n".join(one.text for one in answers)
        found[label] = f"{found[label]}\n{said}" if label in found else said
    return found

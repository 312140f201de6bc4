"""What counts of what was said several times."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from services.domain.entry_types import EntryType
from services.domain.said import counting


@dataclass(frozen=True)
class Said:
    """Something that was said."""

    entry_type: EntryType
    subject: str
    command: Mapping[str, str] = field(default_factory=dict)


def test_of_each_agency_the_newest_counts_of_each_thing_that_it_was_asked_for():
    """INF-06: a step about its report hides none about its scoping return."""
    kind = EntryType.SILENCE_REFERRED
    said = [
        Said(kind, "school", {"asked": "scoping_return", "tried": "Rang."}),
        Said(kind, "school", {"asked": "scoping_return", "tried": "Rang again."}),
        Said(kind, "school", {"asked": "report"}),
        Said(kind, "hospital", {"asked": "report"}),
    ]
    assert counting(said) == said[1:]


def test_of_each_seat_its_newest_view_counts():
    """NOT-12"""
    views = [Said(EntryType.VIEW_GIVEN, seat) for seat in ("police", "health", "police")]
    assert counting(views) == views[1:]

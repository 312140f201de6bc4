"""Where agencies differ in what they tell of a day (LC-33)."""

from datetime import date
from uuid import UUID

import pytest

from services.domain.chronologies import ChildSeen, DateCertainty
from services.domain.chronology_conflicts import (
    Conflict,
    ToldEvent,
    conflict_between,
    conflicts_of,
)

ONE, TWO, THREE = UUID(int=1), UUID(int=2), UUID(int=3)


def told(agency: UUID = ONE, **but: object) -> ToldEvent:
    usual = {
        "on": date(2024, 3, 4),
        "certainty": DateCertainty.CERTAIN,
        "minutes": -1,
        "child": ChildSeen.NOT_RECORDED,
        "about": "",
        "event": "Seen at home.",
    }
    return ToldEvent(agency_id=agency, **usual | but)


@pytest.mark.parametrize(
    ("one", "other", "differs"),
    [
        ({"child": ChildSeen.SEEN}, {"child": ChildSeen.NEITHER}, Conflict.SEEN_AND_NOT),
        ({"child": ChildSeen.SEEN_AND_HEARD}, {"child": ChildSeen.NEITHER}, Conflict.SEEN_AND_NOT),
        ({}, {"child": ChildSeen.NEITHER}, None),
        ({}, {"event": "Nobody opened."}, Conflict.OTHER_ACCOUNT),
        ({}, {"event": " seen  at HOME."}, None),
        ({"about": "Robin"}, {"about": "robin", "event": "Rang."}, Conflict.OTHER_ACCOUNT),
        ({"about": "Robin"}, {"about": "Sam", "event": "Rang."}, None),
        ({"about": "Robin"}, {"event": "Rang."}, Conflict.OTHER_ACCOUNT),
        ({"minutes": 600}, {"minutes": 660, "event": "Rang."}, Conflict.OTHER_ACCOUNT),
        ({"minutes": 600}, {"minutes": 661, "event": "Rang."}, None),
        ({"minutes": 600}, {"event": "Rang."}, Conflict.OTHER_ACCOUNT),
        ({}, {"on": date(2024, 3, 5), "event": "Rang."}, None),
        ({}, {"on": date(2024, 3, 7), "certainty": DateCertainty.ABOUT}, Conflict.DAY_UNCERTAIN),
        ({}, {"on": date(2024, 3, 8), "certainty": DateCertainty.ABOUT}, None),
        ({}, {"on": date(2024, 3, 31), "certainty": DateCertainty.MONTH}, Conflict.DAY_UNCERTAIN),
        ({}, {"on": date(2024, 4, 1), "certainty": DateCertainty.MONTH}, None),
        ({}, {"certainty": DateCertainty.YEAR}, None),
        ({"certainty": DateCertainty.ABOUT}, {"certainty": DateCertainty.MONTH}, None),
    ],
)
def test_two_agencies_differ_or_do_not(one, other, differs):
    """LC-33: whichever of them is asked about first, and never an agency with itself."""
    assert conflict_between(told(**one), told(TWO, **other)) is differs
    assert conflict_between(told(TWO, **other), told(**one)) is differs
    assert conflict_between(told(**one), told(**other)) is None


def test_each_event_is_told_with_whom_it_differs_and_the_graver_of_two_counts():
    events = (
        told(child=ChildSeen.SEEN),
        told(TWO, event="Rang."),
        told(TWO, child=ChildSeen.NEITHER),
        told(THREE, on=date(2024, 3, 20), certainty=DateCertainty.MONTH),
        told(THREE, on=date(2025, 1, 1)),
    )
    assert conflicts_of(events) == [
        {TWO: Conflict.SEEN_AND_NOT, THREE: Conflict.DAY_UNCERTAIN},
        {ONE: Conflict.OTHER_ACCOUNT, THREE: Conflict.DAY_UNCERTAIN},
        {ONE: Conflict.SEEN_AND_NOT, THREE: Conflict.DAY_UNCERTAIN},
        {ONE: Conflict.DAY_UNCERTAIN, TWO: Conflict.DAY_UNCERTAIN},
        {},
    ]

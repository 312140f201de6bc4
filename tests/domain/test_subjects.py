"""Who may be the subject of a referral, by their age on the day and their standing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from services.domain.clocks.versions import UNBORN_CHILDREN
from services.domain.subjects import (
    BeforeBirth,
    CareStatus,
    Harm,
    Placement,
    Subject,
    SubjectRole,
    years_on,
)

TODAY = date(2026, 6, 1)
INCIDENT = date(2026, 3, 10)
NONE = frozenset({CareStatus.NONE})
LEAVER = frozenset({CareStatus.CARE_LEAVER})
CHILD = Subject(
    incident_on=INCIDENT, harm=Harm.SERIOUS_HARM, statuses=NONE, born_on=date(2020, 5, 5)
)
DAYS = some.dates(date(1990, 1, 1), date(2026, 6, 1))


def doubted(subject: Subject) -> list[str]:
    return [one.field for one in subject.doubts(TODAY)]


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        ("2008-03-10", "2026-03-10", 18),
        ("2008-03-11", "2026-03-10", 17),
        ("2001-03-10", "2026-03-09", 24),
        ("2001-03-09", "2026-03-09", 25),
        ("2008-02-29", "2026-02-28", 17),
        ("2008-02-29", "2026-03-01", 18),
        ("2026-03-10", "2026-03-10", 0),
        ("2026-03-11", "2026-03-10", -1),
    ],
)
def test_an_age_is_counted_from_the_anniversary_of_the_birth(born, on, years):
    assert years_on(date.fromisoformat(on), date.fromisoformat(born)) == years


@given(born=DAYS, on=DAYS)
def test_nobody_grows_younger_and_a_birthday_is_the_day_of_growing_older(born, on):
    assert years_on(on, born) <= years_on(on + timedelta(days=1), born)
    is_birthday = (on.month, on.day) == (born.month, born.day)
    if is_birthday:
        assert years_on(on, born) == years_on(on - timedelta(days=1), born) + 1


def test_a_child_of_whom_nothing_is_in_doubt():
    assert doubted(CHILD) == []
    assert CHILD.is_child


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"born_on": date(1986, 3, 3)}, "born_on"),
        ({"born_on": None, "age": 40}, "age"),
        ({"born_on": date(2008, 3, 10)}, "born_on"),
        ({"born_on": TODAY + timedelta(days=1), "before_birth": BeforeBirth.YES}, "born_on"),
        ({"age": 4}, "age"),
        ({"expected_on": date(2026, 4, 1)}, "expected_on"),
        ({"statuses": LEAVER}, "statuses"),
        ({"statuses": frozenset({CareStatus.NONE, CareStatus.CHILD_IN_NEED})}, "statuses"),
        ({"statuses": frozenset({CareStatus.LOOKED_AFTER})}, "placement"),
        ({"born_on": None, "statuses": LEAVER}, "age"),
        ({"harm": Harm.OTHER}, "harm"),
    ],
    ids=lambda given: "" if isinstance(given, str) else ", ".join(given),
)
def test_what_cannot_be_so_is_doubted_beside_its_field(said, field):
    assert doubted(replace(CHILD, **said)) == [field]


def test_several_standings_are_true_side_by_side():
    every = {CareStatus.LOOKED_AFTER, CareStatus.CHILD_PROTECTION_PLAN, CareStatus.CHILD_IN_NEED}
    child = replace(CHILD, statuses=frozenset(every), placement=Placement.NOT_KNOWN)
    assert doubted(child) == []


def test_a_perpetrator_need_not_be_harmed():
    assert doubted(replace(CHILD, harm=Harm.OTHER, role=SubjectRole.PERPETRATOR)) == []


def test_a_birth_after_the_incident_is_asked_about_and_not_refused():
    born_later = replace(CHILD, born_on=INCIDENT + timedelta(days=1))
    assert doubted(born_later) == ["before_birth"]
    for answer in (BeforeBirth.YES, BeforeBirth.NOT_KNOWN):
        assert doubted(replace(born_later, before_birth=answer)) == []
    assert doubted(replace(born_later, before_birth=BeforeBirth.NO)) == ["born_on"]


@pytest.mark.parametrize(
    ("on", "expected", "doubts"),
    [
        ("2025-11-30", "2026-02-14", ["expected_on"]),
        ("2025-12-01", "2026-02-14", []),
        ("2026-03-10", "2026-02-17", []),
        ("2026-03-10", "2026-02-16", ["expected_on"]),
        ("2026-03-10", "2026-12-29", []),
        ("2026-03-10", "2026-12-30", ["expected_on"]),
    ],
)
def test_a_child_who_is_not_born_yet_is_a_subject_from_december_2025(on, expected, doubts):
    unborn = replace(
        CHILD,
        incident_on=date.fromisoformat(on),
        born_on=None,
        expected_on=date.fromisoformat(expected),
    )
    assert doubted(unborn) == doubts
    assert unborn.is_child
    assert not UNBORN_CHILDREN.confirmed


def test_an_unborn_child_may_be_on_a_plan_and_is_not_looked_after():
    unborn = replace(CHILD, born_on=None, expected_on=date(2026, 5, 1))
    on_a_plan = frozenset({CareStatus.CHILD_PROTECTION_PLAN})
    assert doubted(replace(unborn, statuses=on_a_plan)) == []
    cared_for = frozenset({CareStatus.LOOKED_AFTER})
    assert doubted(replace(unborn, statuses=cared_for, placement=Placement.OTHER)) == ["statuses"]


@pytest.mark.parametrize(
    ("born", "doubts", "is_child"),
    [
        ("2010-03-11", ["statuses"], True),
        ("2010-03-10", [], True),
        ("2008-03-11", [], True),
        ("2008-03-10", [], False),
        ("2001-03-11", [], False),
        ("2001-03-10", ["born_on"], False),
    ],
)
def test_the_death_of_a_care_leaver_is_told_of_from_16_to_24(born, doubts, is_child):
    leaver = replace(CHILD, harm=Harm.DEATH, statuses=LEAVER, born_on=date.fromisoformat(born))
    assert doubted(leaver) == doubts
    assert leaver.is_child is is_child


def test_a_care_leaver_of_age_who_is_harmed_is_no_subject():
    leaver = replace(CHILD, statuses=LEAVER, born_on=date(2004, 1, 1))
    assert doubted(leaver) == ["born_on"]
    also = LEAVER | {CareStatus.LOOKED_AFTER}
    died = replace(leaver, harm=Harm.DEATH, statuses=also, placement=Placement.OTHER)
    assert doubted(died) == ["statuses"]


@given(
    born=some.none() | DAYS,
    statuses=some.sets(some.sampled_from(CareStatus), min_size=1).map(frozenset),
    harm=some.sampled_from(Harm),
)
def test_whoever_is_accepted_at_18_is_a_care_leaver_who_died_under_25(born, statuses, harm):
    person = replace(
        CHILD, born_on=born, statuses=statuses, harm=harm, placement=Placement.NOT_KNOWN
    )
    if doubted(person) or person.is_child:
        return
    assert person.is_care_leaver_death
    assert not person.is_looked_after_death
    assert person.years is not None
    assert 18 <= person.years < 25

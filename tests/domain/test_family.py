"""What cannot be so of the people around the children, by their age on the day of the incident."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.domain.family import PersonInFamily, Relation
from services.domain.subjects import CareStatus

TODAY = date(2026, 6, 1)
INCIDENT = date(2026, 3, 10)
CHILD = date(2020, 5, 5)
BROTHER = PersonInFamily(
    incident_on=INCIDENT,
    relations=frozenset({Relation.SIBLING}),
    born_on=date(2017, 4, 4),
    births=(CHILD,),
)
LEAVER = frozenset({CareStatus.CARE_LEAVER})
IN_NEED = frozenset({CareStatus.CHILD_IN_NEED})


def doubted(person: PersonInFamily) -> list[str]:
    return [one.field for one in person.doubts(TODAY)]


def of(*relations: Relation) -> dict[str, object]:
    return {"relations": frozenset(relations)}


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"born_on": TODAY + timedelta(days=1)}, "born_on"),
        ({"age": 8}, "age"),
        ({"born_on": date(1905, 3, 10)}, "born_on"),
        ({"born_on": CHILD, **of(Relation.PARENT)}, "born_on"),
        ({"born_on": CHILD, **of(Relation.CARER, Relation.GRANDPARENT)}, "born_on"),
        (of(Relation.SON_OR_DAUGHTER), "born_on"),
        ({"statuses": LEAVER}, "statuses"),
        ({"statuses": IN_NEED | {CareStatus.NOT_KNOWN}}, "statuses"),
        ({"born_on": date(2008, 3, 10), "statuses": IN_NEED}, "statuses"),
        ({"born_on": None, "age": 25, "statuses": LEAVER}, "statuses"),
    ],
    ids=lambda given: "" if isinstance(given, str) else ", ".join(given),
)
def test_what_cannot_be_so_of_a_person_is_doubted_beside_its_field(said, field):
    assert doubted(replace(BROTHER, **said)) == [field]


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"born_on": None},
        {"born_on": None, "age": 0},
        {"born_on": TODAY},  # a brother or sister who was born after the incident
        {"born_on": date(1906, 3, 9), **of(Relation.GRANDPARENT, Relation.CARER)},
        {"born_on": date(2006, 1, 1), **of(Relation.PARENT), "statuses": LEAVER},
        {"born_on": date(2008, 3, 11), "statuses": IN_NEED},
        {"born_on": CHILD},  # a twin
        {"born_on": CHILD, **of(Relation.PARENT), "births": ()},
        {"born_on": date(2025, 1, 1), **of(Relation.SON_OR_DAUGHTER), "births": ()},
    ],
)
def test_what_may_be_so_is_not(said):
    assert doubted(replace(BROTHER, **said)) == []

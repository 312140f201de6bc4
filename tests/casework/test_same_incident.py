"""A second referral of one incident is noticed by those who may join them, and by no agency."""

import pytest

from services.casework.alerts import alerts_for
from services.casework.engine.same_incidents import notice_same_incidents
from services.casework.steps import closing, declaration
from services.casework.steps.referral import duplicates, referral_correction
from services.casework.steps.referral.same_incident import first_same_incident, may_be_same_incident
from services.database.cases import get_case
from services.domain.errors import NotPermitted
from services.domain.roles import Role
from tests import factories as say
from tests.desk import Desk
from tests.driven import Driven
from tests.world import SCHOOL

MANAGER = Role.BUSINESS_MANAGER


def alike(case: Driven, who: Role = MANAGER, **where: object) -> list[str]:
    with case.world.act(who, **where) as work:
        found = may_be_same_incident(work, get_case(work.session, case.case_id))
        return [one.reference for one in found]


@pytest.mark.parametrize(
    ("child", "is_found"),
    [
        (say.child(), True),
        (say.child(name="EXAMPLE,  Robín"), True),
        (say.child(name="Rob Example"), True),
        (say.child(born_on=None), True),
        (say.child(born_on="2023-03-03"), True),
        (say.child(name="Another Person"), False),
        (say.child(name="Rob Example", born_on="2024-03-04"), False),
        (say.child(name="Rob Example", born_on=None), False),
    ],
    ids=lambda given: f"{given['name']}, {given['born_on']}" if isinstance(given, dict) else "",
)
def test_the_same_child_by_name_or_by_birth_date_is_noticed(child, is_found, world):
    first, second = Driven(world), Driven(world, say.refer(children=(child,)))
    assert alike(second) == ([first.row().reference] if is_found else [])


@pytest.mark.parametrize(("on", "is_found"), [("2025-11-26", True), ("2025-11-25", False)])
def test_an_incident_of_other_days_is_another_one(on, is_found, world):
    first, second = Driven(world, say.refer(incident_on=on)), Driven(world)
    assert alike(second) == ([first.row().reference] if is_found else [])


def test_neither_agency_nor_an_undeclared_manager_is_told_of_the_other(world):
    Driven(world)
    second = Driven(world)
    for who in (Role.AGENCY_LEAD, Role.NOTIFIER, Role.SAFEGUARDING_PARTNER):
        assert alike(second, who) == []
    assert alike(second, Role.AGENCY_LEAD, agency=SCHOOL) == []


def test_what_is_not_declared_on_and_what_is_closed_is_not_named(world):
    first = Driven(world, all_declare=False)
    second = Driven(world)
    assert alike(second) == []
    first.do(declaration.declare, say.declare(), MANAGER, "2025-12-12 12:00")
    assert alike(second) == [first.row().reference]
    first.do(
        duplicates.mark_duplicate,
        say.mark_duplicate(second.row().reference),
        MANAGER,
        "2025-12-12 13:00",
    )
    assert alike(second) == []


@pytest.mark.parametrize("end", ["notified", "not notified", "closed"])
def test_a_case_that_is_notified_or_was_not_to_be_is_named_too(end, world):
    first = Driven(world, say.refer(aware_at="2025-12-11"))
    first.decide(notify=end == "notified")
    if end == "notified":
        first.notify()
    if end == "closed":
        first.do(closing.close_unreviewed, say.close_unreviewed(), MANAGER, "2025-12-15")
    assert alike(Driven(world)) == [first.row().reference]


def alerted(world) -> list[object]:
    """Have Keyline compare the cases twice, and return of which the manager is alerted."""
    for _twice in range(2):
        notice_same_incidents(Desk(world, when="2025-12-12 12:00"))
    with world.act(MANAGER) as work:
        return [one.case_id for one in alerts_for(work) if one.code == "same_incident"]


def test_the_manager_is_alerted_once_of_a_second_referral_and_no_agency_is(world):
    """The alert is of the newer case and names no other; it waits for no declaration."""
    times = ("2025-12-12 11:00", "2025-12-12 11:30")
    first, second = (Driven(world, when=when, all_declare=False) for when in times)
    Driven(world, say.refer(children=(say.child(name="Another Person"),)))
    assert first.case_id != second.case_id
    assert alerted(world) == [second.case_id]
    with world.act(Role.AGENCY_LEAD) as work, pytest.raises(NotPermitted):
        alerts_for(work)


def test_a_child_who_was_corrected_away_is_not_compared(world):
    first, second = Driven(world), Driven(world)
    away = say.correct_referral(children=(say.child(name="Another Person"),))
    first.do(referral_correction.correct_referral, away, MANAGER, "2025-12-12 12:00")
    assert alike(second) == []


def test_the_form_that_marks_it_opens_with_the_first_of_them(world):
    first, second = Driven(world), Driven(world)
    with world.act(MANAGER) as work:
        form = first_same_incident(work, get_case(work.session, second.case_id))
        assert form is not None
        assert form.duplicate_of == first.row().reference

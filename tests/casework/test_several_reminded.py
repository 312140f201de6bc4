"""Whoever a case waits on is reminded at once: one entry names all, each gets one email once."""

from datetime import datetime
from uuid import UUID, uuid4

import pytest

from services.casework.act import Act
from services.casework.steps.reminding import REMIND, remind
from services.casework.steps.waited_for import WaitedFor, waited_for
from services.database.agency_requests import get_request
from services.database.cases import get_case
from services.database.history import all_of
from services.domain.agency_requests import Asked
from services.domain.entry_types import EntryType
from services.domain.errors import AlreadyDone, AnswerRefused
from services.domain.roles import Role
from services.domain.todos import Todo
from services.domain.workflow import Stage
from tests.driven import Driven
from tests.post_office import Office
from tests.reminding_factories import remind as reminded
from tests.web.test_return_entered import rung_up
from tests.world import HOSPITAL, SCHOOL

MANAGER, LATE = Role.BUSINESS_MANAGER, "2026-01-05"


@pytest.fixture
def case(ready_by) -> Driven:
    """Two agencies were asked on 15 December; what the hospital said was entered for it."""
    return ready_by(rung_up)


def waited(case: Driven, when: str = LATE) -> dict[str, WaitedFor]:
    """Return on whom the case waits besides the manager: by the agency's id, or by role."""
    with case.world.act(MANAGER, when) as work:
        found = waited_for(work, get_case(work.session, case.case_id))
        work.session.expunge_all()
    return {str(one.asked[0].agency_id or one.asked[0].role.value): one for one in found}


def send(case: Driven, *ids: UUID, when: str = LATE, **where: object) -> None:
    case.do(remind, reminded(*ids), MANAGER, when, **where)


def sent(case: Driven) -> list[str]:
    """Return the reminders that were posted: which email to whose desk, about what."""
    kinds = {"agency_chased", "todo_reminded", "declaration_needed", "return_to_confirm"}
    return sorted(
        f"{one.event} | {one.address.partition('@')[0]} | {one.content['todo']}"
        for one in Office(case.world).emails(case.case_id)
        if one.event in kinds
    )


def test_one_entry_names_all_and_each_gets_the_email_of_what_is_waited_for(case):
    """RR-40: an agency's return, a confirmation and another step are emails of their own."""
    before, found = sent(case), waited(case)
    school, hospital = (found[str(case.agency(one))] for one in (SCHOOL, HOSPITAL))
    send(case, school.id, hospital.id)
    after = sent(case)
    for one in before:
        after.remove(one)
    assert after == [
        "agency_chased | school.desk | submit_return",
        "return_to_confirm | hospital.desk | confirm_return",
    ]
    with case.world.act(MANAGER, LATE) as work:
        (entry,) = all_of(work.session, case.case_id, EntryType.REMINDED)
        rows = [(one["todo"], one["agency"]) for one in entry.command["reminded"]]
        request = get_request(work.session, case.case_id, Asked.SCOPING_RETURN, case.agency(SCHOOL))
        assert request.times_chased == 1
    assert rows == [
        ("submit_return", str(case.agency(SCHOOL))),
        ("confirm_return", str(case.agency(HOSPITAL))),
    ]


def test_who_was_written_to_within_the_last_day_is_said(case):
    first = waited(case)[str(case.agency(SCHOOL))]
    assert first.written_at is None
    send(case, first.id)
    again = waited(case)[str(case.agency(SCHOOL))]
    assert isinstance(again.written_at, datetime)
    assert waited(case, "2026-01-07")[str(case.agency(SCHOOL))].written_at is None
    send(case, first.id, when="2026-01-07")
    assert len([one for one in sent(case) if one.startswith("agency_chased")]) == 2


def test_the_same_form_sent_twice_reminds_once(case):
    found, once = waited(case)[str(case.agency(SCHOOL))], uuid4()
    send(case, found.id, once=once)
    before = sent(case)
    with pytest.raises(AlreadyDone):
        send(case, found.id, once=once)
    assert sent(case) == before


def test_what_is_no_longer_waited_for_is_refused_whole(case):
    """Neither somebody else's reminder nor an entry is left by a form that is out of date."""
    found, before = waited(case)[str(case.agency(SCHOOL))], sent(case)
    with pytest.raises(AnswerRefused, match="no longer waited for"):
        send(case, found.id, uuid4())
    with pytest.raises(AnswerRefused, match="no longer waited for"):
        send(case)
    assert sent(case) == before


def test_several_steps_of_one_person_are_one_email(case_at):
    """The chair is asked for several steps: one email, and a row of the entry for each."""
    case: Driven = case_at(Stage.RAPID_REVIEW, Driven.meet)
    chairs = waited(case)[Role.REVIEW_GROUP_CHAIR.value]
    assert len(chairs.asked) > 1
    (email,) = chairs.emails
    assert email.event in {"todo_reminded", "declaration_needed"}
    before = len(sent(case))
    send(case, chairs.id)
    assert len(sent(case)) == before + 1
    with case.world.act(MANAGER, LATE) as work:
        (entry,) = all_of(work.session, case.case_id, EntryType.REMINDED)
        named = {one["todo"] for one in entry.command["reminded"]}
    assert named == {one.todo for one in chairs.asked}


def test_the_actor_is_not_reminded_of_their_own_steps(case):
    mine = {Todo.REQUEST_RETURNS, Todo.SET_MEETING, Todo.ACCEPT_PACK}
    asked = {step.todo for one in waited(case).values() for step in one.asked}
    assert not asked & mine
    act: Act = REMIND
    assert not act.holds_family_data

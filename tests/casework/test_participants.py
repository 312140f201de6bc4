"""Practitioners at a learning event in their own person: on a list apart, and after they agreed."""

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from services.casework.access.cases import case_in_reach, cases_seen
from services.casework.access.documents import papers_seen
from services.casework.steps import declaration
from services.casework.steps.learning_event import draft_heard, holding, planning
from services.casework.steps.learning_event.feedback import record_practitioner_feedback
from services.casework.steps.learning_event.feedback_begun import feedback_begun
from services.casework.steps.learning_event.participant_invited import invite_participant
from services.casework.steps.learning_event.participants import participants_on
from services.casework.steps.local_review.draft_report import submit_draft
from services.casework.steps.local_review.quality_assurance import quality_assure
from services.database.cases import get_case
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.errors import (
    AlreadyDone,
    AnswerRefused,
    DeclareFirst,
    FormUsedOtherwise,
    NotFound,
    NotPermitted,
    StepNotOpen,
)
from services.domain.learning_events import ParticipantStanding
from services.domain.roles import Actor, Role
from services.domain.workflow import Stage
from services.web.view_models.participants import event_for_practitioner, participant_list
from tests import factories as say
from tests.at_the_event import invite, practitioner, take_part, withdraw
from tests.driven import Driven
from tests.feedback_factories import practitioner_feedback
from tests.guests import AtTheDoor
from tests.learning_factories import (
    POST,
    SITTING,
    call_off_learning_event,
    hold_learning_event,
    plan_learning_event,
    record_learning_event,
)
from tests.participant_factories import (
    MAILBOX,
    NAME,
    say_ask_participants,
    say_invite_participant,
    say_of_draft,
)
from tests.post_office import Office
from tests.team_factories import meet_as_team
from tests.world import HOSPITAL, SCHOOL

MANAGER, CHAIR, REVIEWER = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR, Role.LEAD_REVIEWER
WHEN, HELD = "2026-02-03", SITTING["held_on"]
OPEN, LAPSED = "2026-03-30", "2026-03-31"  # twenty working days after the event
# All that is kept in words and the pages can read.
EVERYWHERE = """
    select table_name, column_name from information_schema.columns
     where table_schema = 'public' and data_type in ('text', 'character varying', 'jsonb')
       and has_column_privilege(format('public.%I', table_name), column_name, 'select')
"""


def planned(case: Driven) -> None:
    """The review team has confirmed themes, and an event is planned."""
    meet_as_team(case)
    plan(case)


def plan(case: Driven, when: str = WHEN, **said: Any) -> None:
    case.do(planning.plan_learning_event, plan_learning_event(case.agency(), **said), MANAGER, when)


@pytest.fixture
def case(case_at) -> Driven:
    return case_at(Stage.LOCAL_REVIEW, planned)


def declare(case: Driven, actor: Actor, when: str = WHEN, **but: Any) -> None:
    case.do(declaration.declare, say.declare(**but), actor, when)


def reaches(case: Driven, actor: Actor, when: str) -> bool:
    with case.world.act(actor, when) as work:
        try:
            case_in_reach(work, case.case_id)
        except NotFound:
            return False
        return True


def standing(case: Driven, when: str = WHEN) -> list[ParticipantStanding]:
    with case.world.act(MANAGER, when) as work:
        return [one.standing for one in participants_on(work, get_case(work.session, case.case_id))]


def record(case: Driven, **said: Any) -> None:
    words = record_learning_event(case.agency(), **said)
    case.do(holding.record_learning_event, words, REVIEWER, HELD)


def refused(field: str, act, *args: Any, **said: Any) -> str:
    with pytest.raises(AnswerRefused) as found:
        act(*args, **said)
    assert found.value.field == field
    return str(found.value)


def test_their_name_stands_on_the_list_and_nowhere_else(case):
    """LC-01: listed apart from any paper; the history knows a practitioner, by post."""
    actor = invite(case, WHEN)
    declare(case, actor)
    with case.world.act(REVIEWER, WHEN) as work:
        listed = participant_list(work, get_case(work.session, case.case_id))
    assert [(one.name, one.post, one.address) for one in listed.lines] == [(NAME, POST, MAILBOX)]
    with case.world.act(MANAGER, WHEN) as work:
        columns = work.session.execute(text(EVERYWHERE)).all()
        holds = [f"{one.table_name}.{one.column_name}" for one in columns if held(work, *one)]
    assert holds == ["guests.name"]


def held(work: UnitOfWork, table: str, column: str) -> bool:
    """Tell whether the name stands in the column, in any row that the pages can read."""
    asked = f"select true from {table} where {column}::text ilike :name limit 1"  # noqa: S608 -- of the catalogue
    return bool(work.session.execute(text(asked), {"name": f"%{NAME}%"}).all())


def test_nothing_is_shown_before_they_have_declared_and_agreed(case):
    """LC-01, G7: as for everybody; then the papers of the event, and no other of the case."""
    actor = invite(case, WHEN)
    with case.world.act(actor, WHEN) as work:
        assert [one.id for one in cases_seen(work).to_declare] == [case.case_id]
        with pytest.raises(DeclareFirst):
            case_to_say(work, case)
    declare(case, actor)
    with case.world.act(actor, WHEN) as work:
        row = get_case(work.session, case.case_id)
        seen = {one.kind for one in papers_seen(work, row)}
        view = event_for_practitioner(work, row)
    assert seen <= {*planning.FOR_ALL, DocumentKind.LEARNING_INVITATION}
    assert view.sittings[0].startswith("Monday 2 March 2026")
    assert standing(case) == [ParticipantStanding.AGREED]


def case_to_say(work: UnitOfWork, case: Driven) -> None:
    draft_heard.say_of_draft(work, case.case_id, say_of_draft())


def test_a_conflict_closes_the_event_to_them_and_stands_on_the_list(case):
    """LC-02: nothing is shown, and whoever runs the review sees it; they cannot have come."""
    actor = invite(case, WHEN)
    declare(case, actor, has_conflict=True, particulars="A cousin of the father.")
    assert standing(case) == [ParticipantStanding.CONFLICT]
    with case.world.act(actor, WHEN) as work, pytest.raises(NotPermitted):
        case_in_reach(work, case.case_id)
    assert "LC-02" in refused("people", record, case)


def test_attendance_is_taken_from_the_list(case):
    """LC-01: whoever came has agreed there, or it is on record how they did otherwise."""
    actor = invite(case, WHEN)
    assert POST in refused("agreed_otherwise", record, case)
    declare(case, actor)
    assert "leave this out" in refused("agreed_otherwise", record, case, agreed_otherwise="So.")
    record(case)


def test_who_came_without_agreeing_there_agreed_otherwise(case):
    """LC-01: such as on paper, as they came in."""
    invite(case, WHEN)
    record(case, agreed_otherwise="They signed the agreement at the door.")


def test_it_is_open_until_some_time_after_the_event(case):
    """LC-38: as long as a guest's address; an event that is moved moves it."""
    actor = invite(case, WHEN)
    assert (reaches(case, actor, OPEN), reaches(case, actor, LAPSED)) == (True, False)
    later = {**SITTING, "held_on": "2026-04-01"}
    plan(case, "2026-02-04", sittings=(later,), why_changed="The room is taken.")
    assert reaches(case, actor, LAPSED)


def test_it_ends_when_it_is_withdrawn_and_when_the_event_is_off(case):
    """LC-38: who was taken off comes in again once they are invited again."""
    actor = invite(case, WHEN)
    withdraw(case, WHEN)
    assert not reaches(case, actor, WHEN)
    assert standing(case) == [ParticipantStanding.ENDED]
    assert invite(case, WHEN) == actor
    assert reaches(case, actor, WHEN)
    case.do(planning.call_off_learning_event, call_off_learning_event(), MANAGER, WHEN)
    assert not reaches(case, actor, WHEN)


def test_it_ends_for_a_post_that_is_not_invited_any_more(case):
    """LC-37: the newest plan says who is."""
    actor = invite(case, WHEN)
    other = {"agency": case.agency(SCHOOL), "post": "Teacher", "involvement": "Taught the child."}
    plan(case, "2026-02-04", invited=(other,), why_changed="The health visitor has left.")
    assert not reaches(case, actor, "2026-02-04")


def test_only_posts_of_the_event_are_invited_each_one_person(case):
    """LC-37: those with direct involvement, as the plan says."""
    assert "No practitioner" in refused("agency", invite, case, WHEN, agency=case.agency(SCHOOL))
    assert POST in refused("invited_as", invite, case, WHEN, invited_as="Teacher")
    invite(case, WHEN, invited_as=POST.upper())
    assert "for this post" in refused("invited_as", invite, case, WHEN, name="Another One")


def test_they_are_let_in_by_their_own_address_and_a_code(case):
    """LC-01, LC-38: the address alone opens nothing; the email says nothing of the case."""
    invite(case, WHEN)
    door = AtTheDoor(Office(case.world, when=f"{WHEN} 12:00"), "kit.finch@")
    assert EmailTrigger.PARTICIPANT_INVITED in {
        one.event for one in door.office.emails(case.case_id)
    }
    door.deliver()
    (sent,) = [one for one in door.office.mailer.emails if one.recipient == MAILBOX]
    assert NAME not in sent.body_text
    assert HOSPITAL not in sent.body_text
    door.ask()
    came = door.enter()
    assert came is not None
    assert came.person_id == practitioner(case, WHEN).person_id
    withdraw(case, WHEN)
    door.ask()
    assert door.enter() is None


def test_practitioners_on_the_list_say_what_they_think_of_the_draft(case_at):
    """PUB-19: no draft goes on before what each of them says is answered."""
    case = case_at(Stage.LOCAL_REVIEW, heard)
    actor = practitioner(case, "2026-05-02")
    with case.world.act(REVIEWER, "2026-05-02") as work:
        begun = feedback_begun(work, get_case(work.session, case.case_id))
    assert begun is not None
    assert [one.remark for one in begun.remarks] == ["It was in March."]
    said = practitioner_feedback(case.agency(), remarks=(), no_remark="They agree.")
    asked = (record_practitioner_feedback, said, REVIEWER, "2026-05-02")
    assert POST in refused("remarks", case.do, *asked)
    answered = practitioner_feedback(case.agency())
    case.do(record_practitioner_feedback, answered, REVIEWER, "2026-05-02")
    again = say_of_draft(is_right=False, remark="And in May.")
    case.do(draft_heard.say_of_draft, again, actor, "2026-05-03")
    assure = (quality_assure, say.quality_assure(), CHAIR, "2026-05-03")
    assert "PUB-19" in refused("ready", case.do, *assure)
    case.do(record_practitioner_feedback, answered, REVIEWER, "2026-05-03")
    case.do(*assure)


def heard(case: Driven) -> None:
    """A practitioner on the list took part, and says that the draft is not right."""
    meet_as_team(case)
    hold_learning_event(take_part(case)).report()
    asking = draft_heard.ask_participants
    with pytest.raises(StepNotOpen):
        case.do(asking, say_ask_participants(), REVIEWER, "2026-04-30")
    case.do(submit_draft, say.submit_draft(), REVIEWER, "2026-05-01")
    actor = practitioner(case, "2026-05-01")
    assert not reaches(case, actor, "2026-05-01")
    case.do(asking, say_ask_participants(answer_by="2026-05-08"), REVIEWER, "2026-05-01")
    answer = draft_heard.say_of_draft
    assert "not right" in refused(
        "remark", case.do, answer, say_of_draft(is_right=False), actor, "2026-05-01"
    )
    remark = say_of_draft(is_right=False, remark="It was in March.")
    form = uuid4()
    case.do(answer, remark, actor, "2026-05-01", once=form)
    with pytest.raises(AlreadyDone):
        case.do(answer, remark, actor, "2026-05-01", once=form)
    with pytest.raises(FormUsedOtherwise):
        case.do(answer, say_of_draft(), actor, "2026-05-01", once=form)


def test_who_runs_the_review_alone_invites(case):
    """LC-37: an agency lead puts nobody on the list, and a practitioner no other."""
    said = say_invite_participant(case.agency())
    actor = invite(case, WHEN)
    for who in (Role.AGENCY_LEAD, actor):
        with pytest.raises(NotPermitted):
            case.do(invite_participant, said, who, WHEN)

"""The learning event: who is invited and told, what is learnt, and who is heard instead (LC)."""

from collections.abc import Mapping

import pytest

from services.casework.access.learning import kinds_for_invited
from services.casework.steps.learning_event import conversations, holding, planning
from services.casework.steps.learning_event.plan import event_of
from services.casework.steps.local_review.draft_report import submit_draft
from services.casework.steps.police_marks import police_marks
from services.database.cases import get_case
from services.database.history import all_of, facts
from services.domain.documents import DocumentKind, Paper
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused, RuleBroken, StepNotOpen
from services.domain.roles import Role
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.web.view_models.learning_event import learning_event_view
from tests import factories as say
from tests.driven import Driven
from tests.families_at_work import papers
from tests.kept import Traces
from tests.learning_factories import (
    POST,
    SITTING,
    call_off_learning_event,
    plan_learning_event,
    record_conversation,
    record_learning_event,
)
from tests.police_factories import mark_sensitive
from tests.team_factories import meet_as_team
from tests.words import SAID
from tests.world import HOSPITAL, SCHOOL, SURGERY

MANAGER, CHAIR, REVIEWER = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR, Role.LEAD_REVIEWER
AGENCY = Role.AGENCY_LEAD
WHEN, HELD = "2026-02-03", "2026-03-02"
PLANNED = planning.plan_learning_event
INVOLVED = {"post": POST, "involvement": "Saw the child at home."}


@pytest.fixture
def case(case_at) -> Driven:
    return case_at(Stage.LOCAL_REVIEW, meet_as_team)


def plan(case: Driven, *agencies: str, when: str = WHEN, **said: object) -> None:
    invited = [{"agency": case.agency(one), **INVOLVED} for one in agencies or (HOSPITAL,)]
    usual: Mapping[str, object] = {"invited": tuple(invited)}
    case.do(PLANNED, plan_learning_event(case.agency(), **{**usual, **said}), MANAGER, when)


def record(case: Driven, when: str = HELD, **said: object) -> None:
    case.do(
        holding.record_learning_event,
        record_learning_event(case.agency(), **said),
        REVIEWER,
        when,
    )


def refused(field: str, act, *args, **said: object) -> str:
    with pytest.raises(AnswerRefused) as found:
        act(*args, **said)
    assert found.value.field == field
    return str(found.value)


def told(paper: Paper) -> str:
    return " ".join(
        [*(one.text for one in paper.details)]
        + [" ".join((one.heading, *one.items, *one.blanks)) for one in paper.sections]
    )


def test_each_agency_is_told_and_its_papers_are_ordered(case, left_by):
    """LC-38: invitation and briefing, with notice; the email holds a day and nothing personal."""
    command = plan_learning_event(case.agency())
    left = left_by(case, PLANNED, command, who=MANAGER, when=WHEN)
    assert left == Traces(
        entries=["learning_event_planned"],
        ordered=[
            "commission | learning_agenda | v1",
            "commission | learning_briefing | v1",
            "commission | learning_invitation | hospital | v1",
            "commission | learning_worksheets | v1",
        ],
        emails=["learning_event_planned | hospital.desk"],
        opened=[f"hold_learning_event | lead_reviewer | {HELD}"],
    )
    (turn,) = [one for one in case.turns() if one.todo is Todo.HOLD_LEARNING_EVENT]
    assert str(turn.last_day) == HELD


def test_an_event_is_planned_with_notice_and_as_many_sittings_as_it_needs(case):
    """LC-38, LC-39: half a day, another half for a complex case, online, or in a series."""
    today, later = {**SITTING, "held_on": WHEN}, {**SITTING, "held_on": "2026-03-03"}
    assert "plenty of notice" in refused("sittings", plan, case, sittings=(today,))
    for way, sittings in (
        ("half_day", (SITTING, later)),
        ("two_half_days", (SITTING,)),
        ("online", (SITTING, later)),
        ("online_series", (SITTING,)),
    ):
        assert "LC-39" in refused("sittings", plan, case, way=way, sittings=sittings)
    plan(case, way="two_half_days", sittings=(later, SITTING))
    (agenda,) = papers(case, "learning_agenda")
    assert "Monday 2 March 2026" in agenda.sections[0].items[0]
    assert "A break" in told(agenda)


def test_only_those_with_direct_involvement_are_invited_each_once(case):
    """LC-37: by agency and post, with what they did; of agencies that can read the invitation."""
    assert "LC-37" in refused("invited", plan, case, invited=())
    assert "twice" in refused("invited", plan, case, HOSPITAL, HOSPITAL)
    assert "asked on this case" in refused("invited", plan, case, SURGERY)
    with pytest.raises(ValueError, match="involvement"):
        plan_learning_event(case.agency(), invited=({"agency": case.agency(), "post": POST},))


def test_an_agency_reads_its_own_invitation_and_what_all_are_given(case):
    """LC-38: of another agency's posts it reads nothing; who is not invited reads none of it."""
    plan(case)
    (own,) = papers(case, "learning_invitation")
    assert own.subject == str(case.agency(HOSPITAL))
    with case.world.act(AGENCY, WHEN, agency=HOSPITAL) as work:
        row = get_case(work.session, case.case_id)
        assert kinds_for_invited(work, row) == set(planning.FOR_ALL)
        view = learning_event_view(work, row)
        assert view is not None
        assert (view.standing, view.invited, view.is_own) == ("Planned", (POST,), True)
    with case.world.act(AGENCY, WHEN, agency=SCHOOL) as work:
        row = get_case(work.session, case.case_id)
        assert kinds_for_invited(work, row) == set()
        assert learning_event_view(work, row) is None
    with case.world.act(CHAIR, WHEN) as work:
        view = learning_event_view(work, get_case(work.session, case.case_id))
        assert view is not None
        assert view.invited == (f"{POST}, {HOSPITAL}",)


def test_no_paper_says_what_a_practitioner_did_with_the_family(case):
    """LC-38: papers are passed on; they hold posts, and the themes only where they are shared."""
    plan(case)
    plan(case, why_changed="To share the themes.", shares_themes=True)
    for kind in (one.value for one in (*planning.FOR_ALL, DocumentKind.LEARNING_INVITATION)):
        before, after = (told(one) for one in papers(case, kind))
        assert INVOLVED["involvement"] not in before + after
        # Who facilitates it is told too, in the same words of the test.
        shared = 0 if kind == "learning_invitation" else 1
        assert (before.count(SAID), after.count(SAID)) == (1, 1 + shared)


def test_no_theme_is_shared_before_the_team_confirmed_it(case_at):
    """LC-36: the review team confirms the key themes; it may share them before the event."""
    case = case_at(Stage.LOCAL_REVIEW)
    assert "LC-36" in refused("shares_themes", plan, case, shares_themes=True)
    plan(case)
    with pytest.raises(RuleBroken, match="LC-36"):
        record(case)


def test_an_event_that_is_moved_says_why_and_tells_who_is_not_invited_any_more(case, left_by):
    """LC-38: what stood before stays in the history; nothing is lost."""
    refused("why_changed", plan, case, why_changed="There is none yet.")
    plan(case, HOSPITAL, SCHOOL)
    refused("why_changed", plan, case)
    moved = plan_learning_event(case.agency(), why_changed="The room is not free.")
    left = left_by(case, PLANNED, moved, who=MANAGER, when=WHEN)
    assert left.emails == [
        "learning_event_called_off | school.desk",
        "learning_event_planned | hospital.desk",
    ]
    with case.world.act(MANAGER, WHEN) as work:
        assert len(all_of(work.session, case.case_id, EntryType.LEARNING_EVENT_PLANNED)) == 2


def test_an_event_that_is_called_off_is_no_more_waited_for(case, left_by):
    """LC-38: with the reason; each agency that was invited is told."""
    off = planning.call_off_learning_event
    with pytest.raises(StepNotOpen):
        case.do(off, call_off_learning_event(), MANAGER, WHEN)
    plan(case)
    left = left_by(case, off, call_off_learning_event(), who=MANAGER, when=WHEN)
    assert left == Traces(
        entries=["learning_event_called_off"],
        emails=["learning_event_called_off | hospital.desk"],
        closed=["hold_learning_event | lead_reviewer"],
    )
    with pytest.raises(StepNotOpen):
        record(case)
    with case.world.act(AGENCY, WHEN, agency=HOSPITAL) as work:
        view = learning_event_view(work, get_case(work.session, case.case_id))
        assert view is not None
        assert view.standing == "Called off"


def test_how_it_went_is_recorded_from_its_last_day_on(case):
    """LC-39: each post is told of, each confirmed theme has what was learnt, hindsight is met."""
    later = {**SITTING, "held_on": "2026-03-03"}
    plan(case, HOSPITAL, SCHOOL, way="two_half_days", sittings=(SITTING, later))
    with pytest.raises(StepNotOpen, match="3 March 2026"):
        record(case)
    came = {"agency": case.agency(), "post": POST, "presence": "came"}
    school = {"agency": case.agency(SCHOOL), "post": POST, "presence": "did_not_come"}
    on = "2026-03-03"
    assert POST in refused("people", record, case, on)
    assert "LC-40" in refused("people", record, case, on, people=(came, school))
    heard = {**school, "heard": "The lead reviewer rings her.", "presence": "heard_instead"}
    absent = {**heard, "agency": case.agency()}
    assert "Nobody came" in refused("people", record, case, on, people=(absent, heard))
    other = ({"theme": "Another", "learnt": SAID},)
    assert SAID in refused("themes", record, case, on, people=(came, heard), themes=other)
    record(case, on, people=(came, heard))
    assert Todo.HOLD_LEARNING_EVENT not in {one.todo for one in case.turns()}
    with case.world.act(MANAGER, on) as work:
        event = event_of(work, get_case(work.session, case.case_id))
        assert event is not None
        assert not event.is_planned
    plan(case, when=on, sittings=({**SITTING, "held_on": "2026-04-01"},))


def test_the_record_opens_with_who_was_invited_and_the_themes(case):
    """LC-39: nothing that is known is typed again."""
    plan(case)
    with case.world.act(REVIEWER, HELD) as work:
        begun = holding.event_begun(work, get_case(work.session, case.case_id))
        assert begun is not None
        assert [one.post for one in begun.people] == [POST]
        assert [one.theme for one in begun.themes] == [SAID]


def test_somebody_who_cannot_come_is_heard_in_a_conversation(case):
    """LC-40: in place of the event with the reason, or before it."""
    talk = conversations.record_conversation

    def speak(**said: object) -> None:
        case.do(talk, record_conversation(case.agency(), **said), REVIEWER, WHEN)

    refused("held_on", speak, held_on="2026-02-04")
    assert "No learning event" in refused("occasion", speak, occasion="instead", why="Ill.")
    plan(case)
    assert "LC-40" in refused("why", speak, occasion="instead")
    refused("why", speak, why="Ill.")
    speak(occasion="instead", why="Has left the agency.")
    speak()


def test_no_draft_while_an_event_is_planned_that_is_not_on_record(case):
    """LC-39: it is held or called off, so that the report rests on what practitioners said."""
    plan(case)
    draft = say.submit_draft()
    case.report()
    with pytest.raises(RuleBroken, match="LC-39"):
        case.do(submit_draft, draft, REVIEWER, "2026-05-01")
    record(case)
    case.do(submit_draft, draft, REVIEWER, "2026-05-01")


def test_a_police_mark_on_what_was_heard_does_not_make_an_event_one_still_to_be_held(case):
    """LC-37: that it was held counts for who may not read its record as for the police."""
    plan(case)
    record(case)
    with case.world.act(MANAGER, HELD) as work:
        held = facts(work.session, case.case_id, EntryType.LEARNING_EVENT_HELD)[-1].id
    marked = mark_sensitive(about=held, section=None)
    case.do(police_marks.mark_sensitive, marked, MANAGER, HELD)
    with case.world.act(CHAIR, HELD) as work:
        event = event_of(work, get_case(work.session, case.case_id))
        hidden = not all_of(work.session, case.case_id, EntryType.LEARNING_EVENT_HELD)
    assert event is not None
    assert (hidden, event.is_planned) == (True, False)

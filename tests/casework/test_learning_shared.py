"""EMB-07: the plan by which learning is shared is followed, and agencies confirm the briefing."""

import pytest

from services.casework.engine.reminders import enqueue_reminders
from services.casework.steps.embedding import briefing_receipts, briefings, sharing
from services.casework.steps.embedding.sharing_listed import sharing_counted
from services.casework.steps.embedding.sharing_standing import sharing_parts
from services.database.cases import get_case
from services.domain.documents import DocumentKind
from services.domain.errors import AnswerRefused, NotFound, NotPermitted
from services.domain.roles import Role
from services.domain.workflow import Stage
from services.web.view_models.said_before import said_before
from services.web.view_models.sharing import sharing_view
from services.web.view_models.sharing_table import sharing_table
from tests import factories as say
from tests.driven import Driven
from tests.families_at_work import papers
from tests.kept import Traces, kept_of
from tests.plan_factories import (
    confirm_briefing,
    record_briefing_given,
    record_sharing,
    write_briefing,
)
from tests.world import PROBATION, SCHOOL

CHAIR, MANAGER, AGENCY = Role.REVIEW_GROUP_CHAIR, Role.BUSINESS_MANAGER, Role.AGENCY_LEAD
WHEN, LATER, LATE = "2026-09-01", "2026-09-20", "2026-12-02"
NOT_HELD = {"came": "not_held", "held_on": None, "who_came": None, "how_many": None}
NOT_GIVEN = {"were_given": False, "given_on": None, "to_whom": None, "given_how": None}


def briefed(case: Driven) -> None:
    case.agree_on(say.propose_plan(case.agency()), WHEN)
    case.do(briefings.write_briefing, write_briefing(), CHAIR, WHEN)


@pytest.fixture
def case(case_at) -> Driven:
    return case_at(Stage.EMBEDDING, briefed)


def part_of(case: Driven):
    with case.world.act(MANAGER, WHEN) as work:
        return sharing_parts(work, get_case(work.session, case.case_id))[0]


def asked(case: Driven) -> list[str]:
    wanted = {"share_learning", "confirm_briefing"}
    return sorted(one.todo for one in case.turns() if one.todo in wanted)


def test_what_was_held_is_recorded_until_nothing_more_is_to_come(case, left_by):
    """EMB-07: on which day, of which kind, with whom, how many; the paper of the plan says it."""
    part = part_of(case)
    first = record_sharing(part.id, came="more_to_come", held_on=LATER)
    case.do(sharing.record_sharing, first, MANAGER, LATER)
    assert asked(case).count("share_learning") == 1
    last = record_sharing(part.id, held_on=LATER, who_came="Every school", how_many=30)
    left = left_by(case, sharing.record_sharing, last, who=MANAGER, when=LATER)
    assert left == Traces(
        entries=["sharing_recorded"],
        closed=["share_learning | business_manager"],
        ordered=["embed | dissemination_plan | v3"],
    )
    held = next(
        one
        for one in papers(case, DocumentKind.DISSEMINATION_PLAN)[-1].sections
        if one.heading == "What was held"
    )
    assert [row[2] for row in held.table.rows] == ["12: Every ward", "30: Every school"]


def test_what_is_held_has_its_day_who_came_and_how_many_and_what_is_not_has_none(case):
    """EMB-07: nothing is recorded as held that was not."""
    part = part_of(case)
    faults = (
        ({"held_on": None}, "held_on"),
        ({"who_came": None}, "who_came"),
        ({"how_many": None}, "how_many"),
        ({"held_on": "2026-09-21"}, "held_on"),
        (NOT_HELD | {"how_many": 3}, "how_many"),
        ({"sharing": case.case_id}, "sharing"),
    )
    for but, field in faults:
        said = record_sharing(part.id).model_copy(update=but)
        with pytest.raises(AnswerRefused) as refused:
            case.do(sharing.record_sharing, type(said).model_validate(dict(said)), MANAGER, LATER)
        assert refused.value.field == field
    case.do(sharing.record_sharing, record_sharing(part.id, **NOT_HELD), MANAGER, LATER)
    assert "share_learning" not in asked(case)


def test_each_agency_confirms_the_briefing_that_it_reads_or_its_word_is_recorded(case, left_by):
    """EMB-07: on a day since it has these words; the last one makes the paper anew."""
    act = briefing_receipts.confirm_briefing
    with case.world.act(AGENCY, WHEN) as work:
        told = said_before(work, briefing_receipts.CONFIRM_BRIEFING, case.row())
    labels = [one.label for entry in told for one in entry.said]
    assert labels[0] == "What is the briefing called?"
    assert not any("shared" in one for one in labels)
    for day, because in (("2026-08-31", "or a later day"), ("2026-09-02", "has not come")):
        with pytest.raises(AnswerRefused, match=because):
            case.do(act, confirm_briefing(given_on=day), AGENCY, WHEN)
    with pytest.raises(NotFound):
        case.do(act, confirm_briefing(), AGENCY, WHEN, agency=PROBATION)
    left = left_by(case, act, confirm_briefing(), who=AGENCY, when=WHEN)
    assert left == Traces(entries=["briefing_confirmed"], closed=["confirm_briefing | hospital"])
    record, school = briefing_receipts.record_briefing_given, case.agency(SCHOOL)
    for field in ("given_on", "to_whom", "given_how"):
        with pytest.raises(AnswerRefused, match="Enter this"):
            case.do(record, record_briefing_given(school, **{field: None}), MANAGER, WHEN)
    with pytest.raises(AnswerRefused, match="Enter this"):
        case.do(record, record_briefing_given(school, **NOT_GIVEN), MANAGER, WHEN)
    with pytest.raises(AnswerRefused, match="asked about the briefing"):
        case.do(record, record_briefing_given(case.agency(PROBATION)), MANAGER, WHEN)
    last = record_briefing_given(school, **NOT_GIVEN, why_not="The school has closed.")
    left = left_by(case, record, last, who=MANAGER, when=WHEN)
    assert left.ordered == ["embed | dissemination_plan | v2"]
    given = papers(case, DocumentKind.DISSEMINATION_PLAN)[-1].sections[-1]
    assert ("Not given", "", "The school has closed.") in [row[1:] for row in given.table.rows]


def test_only_other_words_of_the_briefing_and_other_parts_of_the_plan_are_asked_for_anew(case):
    """EMB-07: what was held or confirmed stands where nothing of it changed."""
    case.do(sharing.record_sharing, record_sharing(part_of(case).id), MANAGER, WHEN)
    case.do(briefing_receipts.confirm_briefing, confirm_briefing(), AGENCY, WHEN)
    assert asked(case) == ["confirm_briefing"]
    (way,) = write_briefing().sharing
    more = write_briefing(sharing=(way, dict(way) | {"audience": "Every school"}))
    case.do(briefings.write_briefing, more, CHAIR, LATER)
    assert asked(case) == ["confirm_briefing", "share_learning"]
    case.do(briefings.write_briefing, write_briefing(learnt="Ask again."), CHAIR, LATER)
    assert asked(case) == ["confirm_briefing", "confirm_briefing"]


def test_who_sees_to_it_is_reminded_before_the_day_and_an_agency_after_it(case, platform_postgres):
    """EMB-07: a row's last day is a task and a reminder; an overdue one is seen on the case."""
    admin, told = platform_postgres.admin_of(case.world.engine), []
    for day in ("2026-11-16", "2026-11-17", "2026-12-01", LATE, "2026-12-20"):
        with case.world.act(MANAGER, day) as work:
            enqueue_reminders(work)
        sent = kept_of(admin, case).emails
        told.append(
            (
                sent.count("learning_to_share | business.manager"),
                sent.count("briefing_to_confirm | hospital.desk"),
            )
        )
    assert told == [(0, 1), (1, 1), (1, 1), (2, 2), (2, 2)]
    with case.world.act(MANAGER, LATE) as work:
        row = get_case(work.session, case.case_id)
        reference = row.reference
        view, everywhere = sharing_view(work, row), sharing_table(work, {"standing": "overdue"})
        counted = sharing_counted(work)
    assert [(one.is_late, one.stands) for one in view.parts] == [(True, "Overdue")]
    assert {said for _, said in view.agencies} == {"Not confirmed yet"}
    assert [one[0].text for one in everywhere.rows] == [reference]
    assert (counted.to_come, counted.overdue) == (1, 1)
    with case.world.act(AGENCY, LATE) as work:
        assert sharing_counted(work).to_come == 0
        with pytest.raises(NotPermitted):
            sharing_table(work, {})
        assert sharing_view(work, get_case(work.session, case.case_id)) is None

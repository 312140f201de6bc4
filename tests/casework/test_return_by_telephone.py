"""A return by email or telephone: the words are entered, and the agency confirms them itself."""

import pytest

from services.casework.document_builders.returns_told import NOT_YET
from services.casework.steps import reopening, return_correction
from services.casework.steps.police_marks import police_marks
from services.casework.steps.rapid_review import meeting_pack
from services.casework.steps.scoping import (
    return_confirmation,
    return_entered,
    scoping,
    scoping_returns,
)
from services.casework.steps.scoping.return_questions import ReturnWords, SubmitReturn
from services.casework.steps.scoping.returns_on_record import EnterReturn
from services.database.history import all_of
from services.domain.agency_requests import Answered
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, NotFound, RuleBroken
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.web.forms.fields import questions
from services.web.view_models.agencies import agency_lines
from services.web.view_models.said_before import said_before
from tests import factories as say
from tests.driven import Driven
from tests.police_factories import mark_sensitive
from tests.scoping_factories import no_involvement
from tests.silent import climb, request_of, round_on, told
from tests.telephoned import (
    AGENCY,
    CAME,
    MANAGER,
    READ,
    clock_says,
    confirm,
    details,
    enter,
    in_pack,
    paper,
    send_own,
    todos,
)
from tests.world import PROBATION, SCHOOL

OPEN = {"author", "conflict", "records_secured", "secured_at", "representative", "casework_access"}


@pytest.fixture
def asked(case_at) -> Driven:
    """The school is asked for its scoping return on Monday 15 December 2025."""
    case = case_at(Stage.TO_BE_NOTIFIED, Driven.notify)
    command = say.request_returns(case.agency(SCHOOL))
    case.do(scoping.request_returns, command, MANAGER, "2025-12-15")
    return case


def test_the_words_are_asked_as_the_form_asks_them_and_nothing_that_only_the_agency_can_say():
    """Doc 2, RR-41: one list of questions; what the agency says of itself is no question of it."""
    words = questions(ReturnWords)
    form = {one.name: one for one in questions(SubmitReturn)}
    assert [form[one.name] for one in words] == [*words], "word for word, and the same headings"
    assert form.keys() - {one.name for one in words} == OPEN
    how = {"agency", "source", "caller", "received_at"}
    assert EnterReturn.model_fields.keys() == how | ReturnWords.model_fields.keys()


def test_an_answer_by_telephone_meets_the_clock_on_its_day_and_waits_to_be_confirmed(asked):
    """RR-40, K6: it has come; RR-41: that its records are secured is still to be said."""
    enter(asked)
    assert asked.clock("K6", str(asked.agency(SCHOOL)))["met_on"] == CAME
    request = request_of(asked)
    assert (request.answered, str(request.answered_on)) == (Answered.UNCONFIRMED, CAME)
    assert (request.records_secured, request.holds_no_records, request.representative) == (
        False,
        False,
        "",
    )
    assert todos(asked) == {("confirm_return", "None")}, "no rule gives a day"
    assert told(asked, "return_to_confirm") == ["school.desk - confirm_return"]
    assert not told(asked, "return_received"), "the manager entered it"
    with asked.world.act(MANAGER, READ) as work:
        (kept,) = all_of(work.session, asked.case_id, EntryType.RETURN_ENTERED)
        assert kept.section is Section.SCOPING_RETURNS, "what a joint review shares as a return"
        assert not OPEN & kept.command.keys()


def test_pages_say_that_it_is_received_and_not_yet_confirmed_and_from_whom(asked):
    """K6: nothing on a page says more than is so; who confirms reads how it came."""
    enter(asked)
    with asked.world.act(MANAGER, READ) as work:
        row, named = asked.row(), {str(asked.agency(SCHOOL)): SCHOOL}
        (line,) = agency_lines(work, row, named)
        assert line.came == (
            "By telephone, Tuesday 16 December 2025 at 10am, from Sam Field, practice manager"
        )
        assert line.may_be_entered
    confirming = return_confirmation.CONFIRM_RETURN
    with asked.world.act(AGENCY, READ, agency=SCHOOL) as work:
        shown = [one for told in said_before(work, confirming, asked.row()) for one in told.said]
        assert "Sam Field, practice manager" in {one.text for one in shown}
        opened = return_confirmation.what_to_confirm(work, asked.row())
        assert opened.key_events == say.enter_return(asked.agency(SCHOOL)).key_events
    assert clock_says(asked) == "Received, not yet confirmed"
    confirm(asked)
    assert clock_says(asked) == ""


def test_the_agency_confirms_it_itself_and_says_what_was_open(asked):
    """RR-41: secured, and through whom; RR-40: the day of the answer stays, the manager is told."""
    enter(asked)
    with pytest.raises(AnswerRefused, match="RR-41"):
        confirm(asked, records_secured=None)
    with pytest.raises(AnswerRefused, match="RR-41"):
        confirm(asked, representative=None)
    confirm(asked)
    request = request_of(asked)
    assert (request.answered, str(request.answered_on)) == (Answered.RECEIVED, CAME)
    assert request.records_secured
    assert asked.clock("K6", str(asked.agency(SCHOOL)))["met_on"] == CAME
    assert not todos(asked)
    assert told(asked, "return_received") == ["business.manager - -"]
    with pytest.raises(RuleBroken, match="nothing of your agency"):
        confirm(asked, "2025-12-19")
    newer = say.correct_return()
    asked.do(return_correction.correct_return, newer, AGENCY, "2025-12-19", agency=SCHOOL)
    assert details(paper(asked))["Last returned on"] == "Thursday 18 December 2025"


def test_what_it_changes_in_the_words_it_gives_a_reason_for_and_the_papers_tell(asked):
    """RR-40: papers say from whom it came, whether it was confirmed, and what was changed."""
    enter(asked)
    first = paper(asked)
    assert first.sender == "", "it is the partnership's own until it is confirmed"
    assert details(first) == {
        "Agency": SCHOOL,
        "How it came": "By telephone",
        "From whom": "Sam Field, practice manager",
        "Received": "Tuesday 16 December 2025 at 10am",
        "Entered on": "Wednesday 17 December 2025",
        "Confirmed by the agency": NOT_YET,
    }
    changed = {"key_events": "One visit, in March."}
    with pytest.raises(AnswerRefused, match="say what, and why"):
        confirm(asked, **changed)
    confirm(asked, **changed, reason="It was heard wrongly.")
    second = paper(asked)
    assert second.sender == SCHOOL
    assert details(second) == {
        "Agency": SCHOOL,
        "How it came": "By telephone",
        "From whom": "Sam Field, practice manager",
        "Received": "Tuesday 16 December 2025 at 10am",
        "Confirmed by the agency on": "Thursday 18 December 2025",
        "What was changed, and why": "It was heard wrongly.",
        "Answers that changed": "Key events, with the source of each",
    }


def test_the_pack_tells_a_return_that_is_not_confirmed_as_that_and_is_made_anew(asked):
    """RR-45, G3: the pack waits for no confirmation, and says that there is none."""
    enter(asked)
    asked.do(meeting_pack.accept_pack, say.accept_pack(), MANAGER, "2025-12-18")
    pack = paper(asked, DocumentKind.MEETING_PACK)
    (table,) = (one.table for one in pack.sections if one.heading == "The agencies")
    assert table.rows[0][3:] == ("Received, not yet confirmed", "Not confirmed")
    assert in_pack(pack)["From whom"] == "Sam Field, practice manager"
    assert in_pack(pack)["Confirmed by the agency"] == NOT_YET
    confirm(asked, "2025-12-19", key_events="Other events.", reason="It was heard wrongly.")
    renewed = paper(asked, DocumentKind.MEETING_PACK)
    assert renewed.version == pack.version + 1
    told = in_pack(renewed)
    assert told["Confirmed by the agency on"] == "Friday 19 December 2025"
    assert told["Key events, with the source of each"] == "Other events."
    assert told["What was changed in what was entered, and why"] == "It was heard wrongly."


def test_the_agencys_own_return_takes_the_place_of_what_was_entered(asked):
    """RR-40: nothing waits to be confirmed then; RR-41: its attestation is what counts."""
    enter(asked)
    send_own(asked)
    request = request_of(asked)
    assert (request.answered, request.records_secured) == (Answered.RECEIVED, True)
    assert str(request.answered_on) == CAME == asked.clock("K6", str(request.agency_id))["met_on"]
    assert not todos(asked)
    told = details(paper(asked))
    assert told["Returned on"] == "Thursday 18 December 2025"
    assert told["In place of"].startswith("What came by telephone from Sam Field")
    with pytest.raises(AnswerRefused, match="it corrects it"):
        enter(asked, "2025-12-19")


def test_the_ladder_ends_with_the_answer_and_the_confirmation_stays_asked_for(asked):
    """INF-06: an answer is no silence; RR-41: its confirmation is owed, and can be reminded of."""
    climb(asked, ("2025-12-23", "2025-12-24"))
    enter(asked, "2025-12-24", received_at="2025-12-23 16:00")
    assert round_on(asked, "2026-01-05") == []
    assert request_of(asked).rung is None
    assert todos(asked) == {("confirm_return", "None")}
    asked.do(scoping.chase, say.chase(asked.agency(SCHOOL)), MANAGER, "2026-01-05")
    assert told(asked, "return_to_confirm") == ["school.desk - confirm_return"] * 2
    assert not told(asked, "agency_chased")
    confirm(asked, "2026-01-06")
    with pytest.raises(RuleBroken, match="settled already"):
        asked.do(scoping.chase, say.chase(asked.agency(SCHOOL)), MANAGER, "2026-01-07")


def test_what_was_entered_wrongly_is_entered_anew_and_its_day_with_it(asked):
    """K6: met on the day on which the answer came, as it stands now; both entries stay."""
    enter(asked)
    with pytest.raises(RuleBroken, match="Nothing differs"):
        enter(asked, "2025-12-18")
    enter(asked, "2025-12-18", received_at="2025-12-15 15:00", key_events="Other events.")
    assert asked.clock("K6", str(asked.agency(SCHOOL)))["met_on"] == "2025-12-15"
    assert str(request_of(asked).answered_on) == "2025-12-15"
    assert len([one for one in asked.turns() if one.todo is Todo.CONFIRM_RETURN]) == 1
    with asked.world.act(AGENCY, "2025-12-18", agency=SCHOOL) as work:
        opened = return_confirmation.what_to_confirm(work, asked.row())
        assert opened.key_events == "Other events."


@pytest.mark.parametrize(
    ("field", "but"),
    [
        ("received_at", {"received_at": "2025-12-17 10:01"}),
        ("received_at", {"received_at": "2025-12-15 09:59"}),
        ("key_events", {"key_events": None}),
        ("records_held", {"records_held": None}),
        ("family", {"family": ()}),
        ("involved", {"involved": False}),
    ],
)
def test_a_time_that_cannot_be_and_words_that_are_no_return_are_refused(asked, field, but):
    """K6: only what the form itself would take meets the clock, and not before it was asked for."""
    with pytest.raises(AnswerRefused) as refused:
        enter(asked, f"{READ} 10:00", **but)
    assert refused.value.field == field
    assert not asked.clock("K6", str(asked.agency(SCHOOL)))["met_on"]


def test_nothing_is_entered_for_an_agency_that_answered_or_was_never_asked(asked):
    """RR-40: who answered itself corrects it itself."""
    send_own(asked, CAME)
    with pytest.raises(AnswerRefused, match="it corrects it"):
        enter(asked)
    never = say.enter_return(asked.agency(PROBATION))
    with pytest.raises(NotFound, match="was not asked"):
        asked.do(return_entered.enter_return, never, MANAGER, READ)


def test_an_agency_that_stood_down_is_asked_anew_before_its_answer_is_entered(case_at):
    """RR-41, NOT-13: its confirmation ends with its standing down, and nothing is waited for."""
    case = case_at(Stage.REFERRED)
    school = case.agency(SCHOOL)
    case.do(scoping.request_returns, say.request_returns(school), MANAGER, "2025-12-12 11:00")
    enter(case, "2025-12-12 15:00", received_at="2025-12-12 14:00")
    case.decide("2025-12-12 16:00", notify=False)
    assert not todos(case)
    case.do(reopening.reopen, say.reopen(aware_at="2026-01-12"), MANAGER, "2026-01-12 12:00")
    with pytest.raises(AnswerRefused, match="Ask it first"):
        enter(case, "2026-01-13", received_at="2026-01-13 09:00")


def test_an_excused_agency_that_rings_after_all_is_heard_in_two_answers(asked):
    """RR-13, RR-38: it knew nobody and holds no record; that is its word until it confirms it."""
    school = asked.agency(SCHOOL)
    asked.do(scoping_returns.excuse_return, say.excuse_return(school), MANAGER, CAME)
    nobody = dict.fromkeys(ReturnWords.model_fields) | {"family": ()}
    two = nobody | {"involved": False, "holds_records": False}
    enter(asked, received_at="2025-12-17 09:00", **two)
    assert (request_of(asked).reasons, request_of(asked).holds_no_records) == ("", False)
    confirm(asked, **no_involvement().model_dump())
    assert request_of(asked).holds_no_records


def test_what_the_police_hold_back_is_neither_confirmed_nor_said_again(asked):
    """The refusal does not tell that there is a mark; the agency says it anew."""
    enter(asked)
    with asked.world.act(MANAGER, READ) as work:
        (marked,) = all_of(work.session, asked.case_id, EntryType.RETURN_ENTERED)
        mark = mark_sensitive(section=None, about=marked.id, agencies=(asked.agency(SCHOOL),))
    asked.do(police_marks.mark_sensitive, mark, MANAGER, READ)
    with pytest.raises(RuleBroken, match="Return its form instead") as refused:
        confirm(asked)
    assert "mark" not in str(refused.value)
    with pytest.raises(RuleBroken, match="let the agency confirm it"):
        enter(asked, "2025-12-18", key_events="Other events.")
    send_own(asked)
    assert request_of(asked).answered is Answered.RECEIVED

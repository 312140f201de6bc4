"""Lateness is told before the breach: asked for in time, told with its reason, late when late."""

import pytest

from services.casework.act import latest_command
from services.casework.engine.reminders import enqueue_reminders
from services.casework.steps.local_review.delay import DelayRecorded, record_delay
from services.casework.steps.local_review.delay_considered import consider_delay
from services.casework.steps.rapid_review.lateness import LatenessTold, tell_lateness
from services.casework.steps.sign_off import sign_off
from services.database.cases import get_case
from services.domain.dispatches import Notice
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.lateness import TellingTime
from services.domain.roles import Role
from services.domain.workflow import Outcome, PanelAnswer, Stage, Step
from services.identity.actors import KEYLINE_ITSELF, service_actor
from tests import factories as say
from tests.desk import Desk
from tests.driven import Driven
from tests.reached import decision_put
from tests.sent_out import dispatches_of
from tests.team_factories import consider_delay as say_consider
from tests.words import SAID

MANAGER, PARTNER = Role.BUSINESS_MANAGER, Role.SAFEGUARDING_PARTNER


def asked(case: Driven, day: str) -> set[tuple[str, str]]:
    """Make the round of that day; return what is asked about lateness, with its last day."""
    keyline = service_actor(case.world.ours.partnership_id, KEYLINE_ITSELF)
    with case.world.act(keyline, day) as work:
        enqueue_reminders(work)
    found = {(one.todo.value, str(one.last_day)) for one in case.turns()}
    return {one for one in found if one[0] in {"tell_lateness", "record_delay"}}


def kept(case: Driven, entry_type: EntryType, model: type) -> object:
    with case.world.act(MANAGER) as work:
        row = get_case(work.session, case.case_id)
        return latest_command(work, row, entry_type, model)


def notices(case: Driven, notice: Notice) -> int:
    with case.world.act(MANAGER) as work:
        return len(dispatches_of(work.session, case.case_id, notice))


def test_the_secretariat_is_told_before_the_rapid_review_is_late(case_at):
    """RR-37: asked for two working days before the last day, while the partners have not signed."""
    case, due = case_at(Stage.RAPID_REVIEW, decision_put), "2026-01-08"
    assert asked(case, "2026-01-05") == set()
    assert asked(case, "2026-01-06") == asked(case, "2026-01-09") == {("tell_lateness", due)}
    with pytest.raises(AnswerRefused, match="in time") as refused:
        case.do(tell_lateness, say.tell_lateness(expected_on=due), MANAGER, "2026-01-07")
    assert refused.value.field == "expected_on"
    case.do(tell_lateness, say.tell_lateness(), MANAGER, "2026-01-07")
    assert asked(case, "2026-01-09") == set()
    assert asked(case, "2026-01-10") == {("tell_lateness", due)}, "it is later than was told"
    case.sign(sign_off.sign_rapid_review, "2026-01-12")
    assert asked(case, "2026-01-12") == set()


@pytest.mark.parametrize(
    ("day", "told"), [("2026-01-08", TellingTime.IN_TIME), ("2026-01-09", TellingTime.LATE)]
)
def test_what_is_told_after_the_last_day_is_on_record_as_late(day, told, case_at):
    """RR-37: with the reason and the day, in the notice itself."""
    case = case_at(Stage.RAPID_REVIEW)
    words = say.tell_lateness(reasons="The board is snowed in.", expected_on="2026-01-12")
    case.do(tell_lateness, words, MANAGER, day)
    found = kept(case, EntryType.LATENESS_TOLD, LatenessTold)
    assert isinstance(found, LatenessTold)
    assert (found.told, str(found.due_on)) == (told, "2026-01-08")
    desk = Desk(case.world)
    desk.carry(case.case_id, Step.SUBMIT)
    (text,) = desk.read_pdfs(case.case_id, "lateness_notice")
    assert "The board is snowed in." in text
    assert ("nly after the last day had passed" in text) is (told is TellingTime.LATE)


def test_the_partners_decide_on_a_delay_and_weigh_what_goes_on(case_at):
    """LC-16: proceedings delay nothing of themselves; learning about systems is not delayed."""
    case = case_at(Stage.LOCAL_REVIEW)
    for field, said in (
        ("partners_on", {"partners_on": None}),
        ("learning", {"learning": None}),
        ("overlap", {"course": "delay_review"}),
    ):
        with pytest.raises(AnswerRefused, match="LC-16") as refused:
            case.do(record_delay, say.record_delay(**said), MANAGER, "2026-03-02")
        assert refused.value.field == field
    goes_on = {"course": "proceed", "partners_on": None, "learning": None}
    case.do(record_delay, say.record_delay(**goes_on), MANAGER, "2026-03-02")
    weighed = say.record_delay(course="delay_review", overlap="The first line alone waits.")
    case.do(record_delay, weighed, MANAGER, "2026-03-02")


def test_a_delay_within_the_six_months_is_recorded_and_told_to_nobody(case_at):
    """LC-15: the bodies are told of one beyond the six months; LC-14: any is kept."""
    case = case_at(Stage.LOCAL_REVIEW)
    for expected, told, many in (
        ("2026-07-05", TellingTime.NOT_NEEDED, 0),
        ("2026-07-06", TellingTime.IN_TIME, 2),
    ):
        case.do(record_delay, say.record_delay(expected_on=expected), MANAGER, "2026-03-02")
        found = kept(case, EntryType.DELAY_RECORDED, DelayRecorded)
        assert isinstance(found, DelayRecorded)
        assert (found.told, notices(case, Notice.DELAY_FORESEEN)) == (told, many)


def test_the_group_and_the_partners_consider_a_delay_at_once(case_at, left_by):
    """LC-14: on the day on which it arose, or with a reason; who has not yet is asked today."""
    case, on = case_at(Stage.LOCAL_REVIEW), "2026-03-02"
    neither = {"group_on": None, "partners_on": None, "course": "proceed", "learning": None}
    for field, said in (
        ("arose_on", {"arose_on": "2026-03-03"}),
        ("group_on", {"group_on": "2026-03-03"}),
        ("partners_on", {"partners_on": "2026-02-01"}),
        ("why_later", {"arose_on": "2026-02-01"}),
        ("why_later", {"why_later": SAID}),
        ("partners_on", neither),
    ):
        with pytest.raises(AnswerRefused, match=r"LC-14|leave this empty") as refused:
            case.do(record_delay, say.record_delay(**said), MANAGER, on)
        assert refused.value.field == field
    inside = say.record_delay(**neither | {"arose_on": on, "expected_on": "2026-07-01"})
    left = left_by(case, record_delay, inside, who=MANAGER, when=on)
    assert left.opened == [
        f"consider_delay | review_group_chair | {on}",
        f"consider_delay | safeguarding_partner | {on}",
    ]
    for field, said in (
        ("considered_on", {"considered_on": "2026-03-01"}),
        ("why_later", {"considered_on": "2026-03-03", "why_later": None}),
    ):
        with pytest.raises(AnswerRefused, match="LC-14") as refused:
            case.do(consider_delay, say_consider(**said), PARTNER, "2026-03-03")
        assert refused.value.field == field
    said = say_consider(considered_on=on)
    left = left_by(case, consider_delay, said, who=PARTNER, when=on)
    assert left.closed == ["consider_delay | safeguarding_partner"]
    left = left_by(case, consider_delay, said, who=Role.REVIEW_GROUP_CHAIR, when=on)
    assert left.closed == ["consider_delay | review_group_chair"]


def test_a_delay_is_asked_for_before_the_six_months_end(case_at):
    """LC-15: while no day within them is planned; a day that is planned too late needs a notice."""
    case, due = case_at(Stage.PUBLICATION), "2026-07-05"
    assert asked(case, "2026-06-04") == set()
    assert asked(case, "2026-06-05") == {("record_delay", due)}
    case.plan("2026-07-03", "2026-06-08")
    assert asked(case, "2026-06-08") == set()
    case.plan("2026-08-03", "2026-06-09")
    assert asked(case, "2026-06-09") == {("record_delay", due)}
    case.do(record_delay, say.record_delay(expected_on="2026-08-03"), MANAGER, "2026-06-10")
    assert asked(case, "2026-06-11") == asked(case, "2026-08-03") == set()
    assert asked(case, "2026-08-04") == {("record_delay", due)}


def test_a_delay_is_recorded_while_the_panel_has_the_review_and_the_six_months_run(case_at):
    """LC-14: as soon as it arises; without a local review there is none."""
    case = case_at(Stage.WITH_PANEL)
    case.do(record_delay, say.record_delay(), MANAGER, "2026-02-02")
    assert notices(case, Notice.DELAY_FORESEEN) == 2
    case.answer(PanelAnswer.RUNS_NATIONAL, "2026-02-03")
    case.do(record_delay, say.record_delay(), MANAGER, "2026-02-03")
    other = case_at(Stage.RAPID_REVIEW).review(Outcome.NO_FURTHER_REVIEW)
    with pytest.raises(StepNotOpen, match="no local review"):
        other.do(record_delay, say.record_delay(), MANAGER, "2026-02-02")

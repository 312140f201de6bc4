"""K11 runs from the first day on which all seats agreed to an LCSPR, and only they end it."""

from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some

from services.casework.steps.local_review.delay import record_delay
from services.casework.steps.local_review.reviewer_appointment import appoint_reviewer
from services.casework.steps.rapid_review.local_course import propose_local_course
from services.casework.steps.rapid_review.panel import end_national_review
from services.casework.steps.rapid_review.panel_reply import lodge_challenge, reply_to_panel
from services.casework.steps.rapid_review.supplement import supplement_review
from services.casework.steps.sign_off.sign_off import sign_rapid_review
from services.database.cases import get_case
from services.database.clocks import clocks
from services.domain.clocks.rules import ClockId
from services.domain.documents import DocumentKind
from services.domain.roles import Role
from services.domain.sign_off import Position
from services.domain.workflow import LocalCourse, Outcome, PanelAnswer, Stage
from services.web.view_models.clocks import clock_line
from tests import factories
from tests import panel_factories as say
from tests.desk import Desk
from tests.driven import Driven
from tests.kept import NATIONAL, dispatches
from tests.put_terms import put_terms

MANAGER, CHAIR = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR
PARTNER = Role.SAFEGUARDING_PARTNER
LOCAL, NONE = Outcome.LOCAL_REVIEW, Outcome.NO_FURTHER_REVIEW
DECIDED, DUE = "2026-01-05", "2026-07-05"


def k11(case: Driven) -> list[tuple[str, ...]]:
    """Return every K11 that was ever started: its id, its days, and when it was ended or met."""
    with case.world.act(MANAGER) as work:
        return [
            tuple(str(one or "") for one in (row.id, row.anchored_on, row.first_due, row.due,
                                             row.ended_on, row.met_on))
            for row in clocks(work.session, case.case_id)
            if row.clock is ClockId.K11
        ]  # fmt: skip


def supplemented(case: Driven, on: str) -> None:
    case.do(supplement_review, say.supplement_review(reopens=False), CHAIR, on)


def decided_again(case: Driven, on: str) -> None:
    """A later round that keeps the review."""
    case.do(supplement_review, say.supplement_review(), CHAIR, on)
    case.propose(LOCAL, on).sign(sign_rapid_review, on)


def not_given_up(case: Driven, on: str) -> None:
    """All seats but one agree to end it; then all keep it."""
    case.do(supplement_review, say.supplement_review(), CHAIR, on)
    first, *others = case.world.ours.parties
    case.propose(NONE, on).sign(sign_rapid_review, on, *others)
    case.sign(sign_rapid_review, on, first, position=Position.DISAGREES)
    case.propose(LOCAL, on).sign(sign_rapid_review, on)


def agreed_with(case: Driven, on: str) -> None:
    case.answer(PanelAnswer.AGREES, on)


def queried(case: Driven, on: str) -> None:
    """The Panel queries, is challenged, queries again, and the partners reply."""
    case.answer(PanelAnswer.QUERIES, on)
    case.do(lodge_challenge, say.lodge_challenge(), PARTNER, on)
    case.answer(PanelAnswer.QUERIES, on)
    case.do(reply_to_panel, say.reply_to_panel(), PARTNER, on)


def kept_on_a_query(case: Driven, on: str) -> None:
    """The Panel sees no need of it; the partners put it to themselves again, and keep it."""
    case.answer(PanelAnswer.NEITHER, on)
    case.propose(LOCAL, on).sign(sign_rapid_review, on)
    case.do(reply_to_panel, say.reply_to_panel(), PARTNER, on)


def beside_a_national_review(case: Driven, on: str) -> None:
    """The local review stands and goes on once the national one has ended, or has begun."""
    case.answer(PanelAnswer.RUNS_NATIONAL, on)
    waits = case.stage() is Stage.NATIONAL_REVIEW
    settle(case, LocalCourse.STANDS if waits else LocalCourse.GOES_ON, on)
    ended = factories.end_national_review(ended_on=on)
    case.do(end_national_review, ended, MANAGER, on)
    if waits:
        settle(case, LocalCourse.GOES_ON, on)


def settle(case: Driven, course: LocalCourse, on: str) -> None:
    case.do(propose_local_course, say.propose_local_course(course), CHAIR, on)
    case.sign(sign_rapid_review, on)


def other_terms(case: Driven, on: str) -> None:
    if case.stage() in {Stage.WITH_PANEL, Stage.COMMISSIONING}:
        put_terms(case, on)


def other_reviewers(case: Driven, on: str) -> None:
    side = case.world.ours
    for one in (side.second_reviewer(), side.actor(Role.LEAD_REVIEWER)):
        appointed = factories.appoint_reviewer(one.person_id, beside=False)
        case.do(appoint_reviewer, appointed, MANAGER, on)


def delayed(case: Driven, on: str) -> None:
    said = factories.record_delay(**dict.fromkeys(DAYS, on), expected_on="2028-04-20")
    case.do(record_delay, said, MANAGER, on)


DAYS = ("arose_on", "group_on", "partners_on")
ANSWERS: tuple[Callable[[Driven, str], None], ...] = (
    agreed_with,
    queried,
    kept_on_a_query,
    beside_a_national_review,
)
"""What the Panel may answer: once, since then no answer of it is awaited."""

OTHERS = (supplemented, decided_again, not_given_up, other_terms, other_reviewers, delayed)


@settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(data=some.data())
def test_nothing_but_a_decision_of_all_seats_moves_k11(data, case_at):
    """K11, LC-13, LC-14, GOV-14, P4: rounds, supplements, answers, reviewers, terms, delays."""
    stage = data.draw(some.sampled_from([Stage.WITH_PANEL, Stage.LOCAL_REVIEW]))
    case = case_at(Stage.WITH_PANEL)
    if stage is Stage.LOCAL_REVIEW:
        case.commission("2026-01-12")
    first = k11(case)
    assert [one[1:] for one in first] == [(DECIDED, DUE, DUE, "", "")]
    happens = data.draw(some.permutations([*OTHERS, data.draw(some.sampled_from(ANSWERS))]))
    for number, one in enumerate(happens):
        one(case, (date(2026, 2, 2) + timedelta(days=7 * number)).isoformat())
        assert k11(case) == first, one.__name__
        assert str(case.row().decided_on) == DECIDED, one.__name__


def test_the_six_months_begin_on_the_first_day_on_which_all_seats_agreed(case_at):
    """LC-13, GOV-11: not with the proposal, nor with the signatures before the last one."""
    case = case_at(Stage.RAPID_REVIEW).meet().propose(when="2026-01-02")
    first, *others = case.world.ours.parties
    case.sign(sign_rapid_review, "2026-01-02", *others)
    assert k11(case) == []
    case.sign(sign_rapid_review, "2026-01-06", first)
    assert [one[1:] for one in k11(case)] == [("2026-01-06", "2026-07-06", "2026-07-06", "", "")]


def test_all_seats_end_it_with_reasons_and_a_fresh_decision_starts_anew(case_at, left_by):
    """K11, GOV-16: the three bodies are told why; the earlier day stays in sight."""
    case = case_at(Stage.WITH_PANEL, lambda one: one.commission("2026-01-12"))
    case.do(supplement_review, say.supplement_review(), CHAIR, "2026-03-02")
    case.propose(NONE, "2026-03-02")
    first, *others = case.world.ours.parties
    case.sign(sign_rapid_review, "2026-03-03", *others)
    agrees = factories.sign(round=case.row().decision_round)
    last = case.world.ours.partner(first)
    left = left_by(case, sign_rapid_review, agrees, who=last, when="2026-03-04")
    assert left.clocks == ["K11 ended 2026-03-04"]
    assert set(dispatches("commissioning_decided", "being_made", *NATIONAL)) < set(left.dispatches)
    desk = Desk(case.world)
    desk.carry(case.case_id)
    told = desk.read(case.case_id, DocumentKind.COMMISSIONING_NOTICE)
    grounds = factories.propose_decision(NONE).grounds
    assert any("No further review" in text and grounds in text for text in told)
    case.do(supplement_review, say.supplement_review(), CHAIR, "2026-04-01")
    case.propose(LOCAL, "2026-04-01").sign(sign_rapid_review, "2026-04-02")
    assert [one[1:] for one in k11(case)] == [
        (DECIDED, DUE, DUE, "2026-03-04", ""),
        ("2026-04-02", "2026-10-02", "2026-10-02", "", ""),
    ]
    ended, runs = shown(case)
    assert "Sunday 5 July 2026" in ended
    assert "Wednesday 4 March 2026" in ended
    assert "Friday 2 October 2026" in runs


def shown(case: Driven) -> list[str]:
    """Return what the page says of each K11, the earlier one first."""
    with case.world.act(MANAGER, "2026-04-03") as work:
        found = get_case(work.session, case.case_id)
        rows = [one for one in clocks(work.session, found.id) if one.clock is ClockId.K11]
        return [clock_line(work, found, one, {}).last_day for one in rows]


def test_no_answer_of_the_panel_ends_it(case_at):
    """GOV-14: not even its view that no local review is needed, and its own national one."""
    for answer in PanelAnswer:
        case = case_at(Stage.WITH_PANEL)
        before = k11(case)
        case.answer(answer, "2026-02-02")
        assert k11(case) == before, answer

"""What a decision on a local review has to say, and who reads why it was taken."""

import pytest
from bs4 import BeautifulSoup

from services.casework.steps.local_review import terms_of_reference
from services.casework.steps.outcome_told import OutcomeTold, outcome_told
from services.casework.steps.rapid_review import (
    local_course,
    rapid_review,
    record_writing,
    submission,
)
from services.casework.steps.review_request import request_consideration
from services.casework.steps.sign_off import sign_off
from services.database.cases import get_case
from services.domain.criteria import HaveRegardTo, LearningSought
from services.domain.dispatches import Notice
from services.domain.documents import DocumentKind
from services.domain.errors import AnswerRefused
from services.domain.roles import Role, Seat
from services.domain.workflow import LocalCourse, Outcome, PanelAnswer, Stage
from services.web.act_pages.registry import ACT_PAGES
from services.web.rendering import pages
from services.web.view_models.own_part import own_part_view
from services.web.view_models.said_before import said_before
from tests import factories as say
from tests.desk import Desk
from tests.driven import Driven
from tests.logged import a_request
from tests.panel_factories import propose_local_course
from tests.papers import papers_of
from tests.reached import reach
from tests.sent_out import make_papers
from tests.world import HOSPITAL

CHAIR, MANAGER, AGENCY = Role.REVIEW_GROUP_CHAIR, Role.BUSINESS_MANAGER, Role.AGENCY_LEAD
BY_CHAIR = {"who": CHAIR, "when": "2026-01-02"}
LOCAL, NONE, LAPSED = Outcome.LOCAL_REVIEW, Outcome.NO_FURTHER_REVIEW, Outcome.NO_LONGER_MET
AWAY = Outcome.NATIONAL_REVIEW
NOT_SERIOUS = {"notification_met": False, "no_longer_met": ("harm",)}
WORDS = "There is more to learn of how the alert was handled."
OTHER_WORDS = "The national review looks at the same, and more widely."

PROPOSED = {
    "model": "One independent reviewer, with a small team.",
    "methodology": "A systems approach: practitioners are heard in two workshops.",
    "timescale": "A draft within four months.",
}


@pytest.fixture(scope="module")
def one_reviewed(one_world) -> Driven:
    """A case whose record and criteria are written, on which nothing is decided."""
    case = reach(one_world, Stage.RAPID_REVIEW).meet()
    case.do(record_writing.write_record, say.write_record(), **BY_CHAIR)
    case.do(rapid_review.answer_criteria, say.answer_criteria(), **BY_CHAIR)
    return case


def refused(case: Driven, act, command) -> str:
    """Have the chair try what must be refused, and return the question that is named."""
    with pytest.raises(AnswerRefused) as error:
        case.do(act, command, **BY_CHAIR)
    return error.value.field


@pytest.mark.parametrize(
    ("field", "outcome", "but"),
    [
        ("no_longer_met", LAPSED, {"no_longer_met": ()}),
        ("no_longer_met", LOCAL, {"notification_met": False}),
        ("no_longer_met", LOCAL, {"no_longer_met": ("abuse",)}),
        ("notification_met", LAPSED, {"notification_met": True, "no_longer_met": ()}),
        ("outcome", NONE, NOT_SERIOUS),
        ("rationale", LOCAL, NOT_SERIOUS),
        ("rationale", LOCAL, {"criteria_met": False}),
        ("rationale", LOCAL, {"rationale": WORDS}),
        ("rationale", AWAY, {"rationale": WORDS}),
    ],
)
def test_whether_the_criteria_for_notification_are_met_is_asked_for_itself(
    field, outcome, but, one_reviewed
):
    """DEC-12: which of them is not, and for an LCSPR all the same a rationale."""
    command = say.propose_decision(outcome, **but)
    assert refused(one_reviewed, rapid_review.propose_decision, command) == field


@pytest.mark.parametrize(
    ("field", "but"),
    [("benefit", {"benefit": None}), ("sought", {"sought": ()}), ("key_lines", {"key_lines": ()})],
)
def test_an_lcspr_has_a_benefit_questions_and_learning_to_look_for(field, but, one_reviewed, world):
    """DEC-11, DEC-13: after a rapid review, and where it was asked for without a notification."""
    command = say.propose_decision(LOCAL, **but)
    assert refused(one_reviewed, rapid_review.propose_decision, command) == field
    requested = Driven.of(world, a_request(world))
    considered = say.consider_request(**but)
    assert refused(requested, request_consideration.consider_request, considered) == field


@pytest.mark.parametrize(
    ("field", "said"),
    [("sought", ("new",)), *((one, WORDS) for one in ("benefit", *PROPOSED))],
)
def test_nothing_is_said_of_an_lcspr_that_is_not_decided_on(field, said, one_reviewed):
    """RR-55, DEC-11, DEC-13: it is of an LCSPR alone."""
    command = say.propose_decision(NONE, **{field: said})
    assert refused(one_reviewed, rapid_review.propose_decision, command) == field


@pytest.mark.parametrize(
    ("field", "but"),
    [
        ("agencies_words", {"agencies_words": None}),
        ("agencies_words", {"tells_agencies": False, "agencies_words": "Words."}),
        ("agencies_why_not", {"tells_agencies": False, "agencies_words": None}),
        ("agencies_why_not", {"agencies_why_not": "There is a trial."}),
    ],
)
def test_it_is_decided_in_what_words_agencies_read_why_or_why_they_do_not(
    field, but, one_reviewed, world
):
    """DEC-14: of a rapid review, of a request, and of the review beside a national one."""
    command = say.propose_decision(NONE, **but)
    assert refused(one_reviewed, rapid_review.propose_decision, command) == field
    requested = Driven.of(world, a_request(world))
    considered = say.consider_request(decision="no_review", **but)
    assert refused(requested, request_consideration.consider_request, considered) == field
    beside = reach(world, Stage.WITH_PANEL).answer(PanelAnswer.RUNS_NATIONAL)
    course = propose_local_course(LocalCourse.STANDS, **but)
    with pytest.raises(AnswerRefused) as error:
        beside.do(local_course.propose_local_course, course, CHAIR, "2026-01-26")
    assert error.value.field == field


@pytest.mark.parametrize("outcome", [LAPSED, AWAY, LOCAL])
def test_criteria_that_are_no_longer_met_leave_the_decision_to_the_partners(outcome, case_at):
    """DEC-12: with an LCSPR and without; the partners see which criterion it is."""
    case = case_at(Stage.RAPID_REVIEW).meet()
    case.do(record_writing.write_record, say.write_record(), **BY_CHAIR)
    case.do(rapid_review.answer_criteria, say.answer_criteria(), **BY_CHAIR)
    rationale = WORDS if outcome is LOCAL else None
    said = {**NOT_SERIOUS, "criteria_met": True, "rationale": rationale}
    decision = say.propose_decision(outcome, **said)
    case.do(rapid_review.propose_decision, decision, **BY_CHAIR)
    told = _signed_words(case)
    assert told["Are the criteria for notification still met?"] == "No"
    assert told["Are the criteria for an LCSPR met?"] == "Yes"
    assert (WORDS in told.values()) is (outcome is LOCAL)
    case.sign(sign_off.sign_rapid_review, "2026-01-05")
    assert case.row().outcome is outcome
    case.do(submission.submit, say.submit(), MANAGER, "2026-01-07 11:00")
    head, headings = _notice(case)
    assert head["Criteria for notification"] == (
        "No longer met: the child has died or been seriously harmed"
    )
    assert head["Criteria for an LCSPR"] == "Met"
    assert ("Why an LCSPR all the same" in headings) is (outcome is LOCAL)


def _notice(case: Driven) -> tuple[dict[str, str], set[str]]:
    """Return the head of the notice to the three bodies, and the headings of its parts."""
    kind = DocumentKind.COMMISSIONING_NOTICE
    (notice,) = (one for one in papers_of(case) if one.kind is kind)
    head = {one.label: one.text for one in notice.details}
    return head, {one.heading for one in notice.sections}


def _signed_words(case: Driven) -> dict[str, str]:
    """Return what the sign-off page tells one partner, by its questions."""
    partner = case.world.ours.partner(Seat.POLICE)
    with case.world.act(partner, "2026-01-05") as work:
        row = get_case(work.session, case.case_id)
        told = said_before(work, sign_off.SIGN_RAPID_REVIEW, row)
        return {one.label: one.text for entry in told for one in entry.said}


@pytest.mark.parametrize(
    ("applies", "settings"), [(True, ()), (False, ("police_custody", "mental_health_act"))]
)
def test_an_institutional_setting_is_named_where_one_is_concerned(
    applies, settings, one_reviewed, world
):
    """DEC-08, DEC-09: and none is named where the criterion does not apply."""
    regard = tuple(
        {"criterion": one, "reasons": "Said.", "applies": applies} for one in HaveRegardTo
    )
    command = say.answer_criteria(regard=regard, settings=settings)
    assert refused(one_reviewed, rapid_review.answer_criteria, command) == "settings"
    requested = Driven.of(world, a_request(world))
    considered = say.consider_request(regard=regard, settings=settings)
    assert refused(requested, request_consideration.consider_request, considered) == "settings"


def told_to_agency(case: Driven, agency: str = HOSPITAL) -> OutcomeTold | None:
    with case.world.act(AGENCY, agency=agency) as work:
        return outcome_told(work, get_case(work.session, case.case_id))


@pytest.mark.parametrize(
    ("said", "reads"),
    [
        ({"agencies_words": WORDS}, (WORDS,)),
        ({"tells_agencies": False, "agencies_words": None, "agencies_why_not": "A trial."}, ()),
    ],
)
def test_agencies_read_why_it_was_decided_in_the_words_that_are_theirs(said, reads, case_at):
    """DEC-14: with the outcome, and not before the Panel has the review (RR-50)."""
    case = case_at(Stage.RAPID_REVIEW).meet()
    case.do(record_writing.write_record, say.write_record(), **BY_CHAIR)
    case.do(rapid_review.answer_criteria, say.answer_criteria(), **BY_CHAIR)
    case.do(rapid_review.propose_decision, say.propose_decision(**said), **BY_CHAIR)
    case.sign(sign_off.sign_rapid_review, "2026-01-05")
    assert told_to_agency(case) is None
    case.do(submission.submit, say.submit(), MANAGER, "2026-01-07 11:00")
    assert told_to_agency(case).reasons == reads
    page = _own_page(case)
    assert (WORDS in page) is bool(reads)
    assert "A trial." not in page


def _own_page(case: Driven) -> str:
    macros = pages().get_template("parts/own_part.html").make_module()
    with case.world.act(AGENCY, agency=HOSPITAL) as work:
        row = get_case(work.session, case.case_id)
        said = macros.own_part(row, own_part_view(work, row))
    return BeautifulSoup(said, "html.parser").get_text()


@pytest.mark.parametrize(
    ("course", "reads"),
    [
        (LocalCourse.ENDS, (OTHER_WORDS,)),
        (LocalCourse.GOES_ON, (say.SAID, OTHER_WORDS)),
    ],
)
def test_a_review_that_ends_for_a_national_one_is_told_with_the_reasons_of_that(
    course, reads, case_at
):
    """DEC-14: never with the reasons for the review that is no more."""
    case = case_at(Stage.WITH_PANEL).answer(PanelAnswer.RUNS_NATIONAL)
    said = propose_local_course(course, agencies_words=OTHER_WORDS)
    case.do(local_course.propose_local_course, said, CHAIR, "2026-01-26")
    assert told_to_agency(case) is None
    case.sign(sign_off.sign_rapid_review, "2026-01-26")
    assert told_to_agency(case).reasons == reads


def test_who_asked_for_a_review_reads_why_the_partners_decided_as_they_did(world):
    """DEC-14, NOT-24: once all have signed it."""
    case = Driven.of(world, a_request(world))
    considered = say.consider_request(decision="no_review", agencies_words=WORDS)
    case.do(request_consideration.consider_request, considered, CHAIR, "2025-12-15")
    assert told_to_agency(case) is None
    case.sign(sign_off.sign_request, "2025-12-16")
    assert told_to_agency(case).reasons == (WORDS,)
    assert WORDS in _own_page(case)


def test_what_is_proposed_for_a_review_is_signed_told_to_the_chair_and_opens_the_terms(
    case_at, left_by
):
    """RR-55, RR-49, LC-03: model, methodology and timescale stand in the record of the decision."""
    case = case_at(Stage.RAPID_REVIEW, lambda case: case.meet().propose(**PROPOSED))
    case.sign(sign_off.sign_rapid_review, "2026-01-05")
    make_papers(case.world, case.case_id, "2026-01-05", Notice.RAPID_REVIEW_SUBMITTED)
    for paper in Desk(case.world).read(case.case_id, DocumentKind.RAPID_REVIEW_RECORD):
        assert all(words in paper for words in PROPOSED.values())
    sent = left_by(case, submission.submit, say.submit(), who=MANAGER, when="2026-01-07 11:00")
    assert "chair_told | review.group.chair" in sent.emails
    with case.world.act(CHAIR, "2026-01-08") as work:
        begun = ACT_PAGES["agree_terms"].prefill(work, get_case(work.session, case.case_id))
    assert (begun.methodology, begun.timetable) == (PROPOSED["methodology"], PROPOSED["timescale"])


def test_what_was_decided_is_not_asked_again(case_at):
    """GOV-14, LC-07: a later proposal opens with the last, the terms with the key lines."""
    case = case_at(Stage.COMMISSIONING)
    proposal = ACT_PAGES["propose_decision"].prefill
    terms = ACT_PAGES["agree_terms"].prefill
    with case.world.act(CHAIR, "2026-02-02") as work:
        row = get_case(work.session, case.case_id)
        assert proposal(work, row).sought == (LearningSought.NEW,)
        assert [one.question for one in terms(work, row).key_lines] == [
            "What happened in part 0?",
            "What happened in part 1?",
        ]
    drawn_up = say.agree_terms(case.agency(), methodology=WORDS)
    case.do(terms_of_reference.agree_terms, drawn_up, CHAIR, "2026-02-02")
    with case.world.act(CHAIR, "2026-02-02") as work:
        assert terms(work, get_case(work.session, case.case_id)).methodology == WORDS
    fresh = case_at(Stage.RAPID_REVIEW)
    with fresh.world.act(CHAIR, "2025-12-15") as work:
        assert proposal(work, get_case(work.session, fresh.case_id)) is None

"""NOT-23 to NOT-25: a local review is asked for, considered by the partners, and decided."""

import pytest

from services.casework.document_builders.building import build
from services.casework.document_builders.registry import BUILDERS
from services.casework.document_builders.review_request import TITLES
from services.casework.effects import DocumentOrder
from services.casework.steps import closing, reopening
from services.casework.steps.outcome_told import outcome_told
from services.casework.steps.referral import duplicates, referral_from_log
from services.casework.steps.referral.logged_as_referral import logged_as_referral
from services.casework.steps.referral.requested import RequestReview
from services.casework.steps.review_request import request_consideration
from services.casework.steps.sign_off import sign_off
from services.database.cases import get_case
from services.database.due_work import orders
from services.domain.documents import DocumentKind
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.review_requests import RequestDecision
from services.domain.roles import Role, Seat
from services.domain.sign_off import Position
from services.domain.workflow import Stage, Step
from tests import factories as say
from tests.desk import Desk
from tests.driven import Driven
from tests.kept import PARTNERS, SEATS, Traces, emails, kept_of, refused, turns
from tests.logged import a_request
from tests.paper_text import text_of
from tests.world import World

MANAGER, CHAIR = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR
WHEN, SIGNED = "2025-12-15", "2025-12-16"


def asked(world: World, **said: object) -> Driven:
    return Driven.of(world, a_request(world, say.request_review(**said)))


def consider(case: Driven, **said: object) -> Driven:
    command = say.consider_request(**said)
    case.do(request_consideration.consider_request, command, CHAIR, WHEN)
    return case


def decided(world: World, decision: str) -> Driven:
    return consider(asked(world), decision=decision).sign(sign_off.sign_request, SIGNED)


def test_a_request_is_told_to_the_partners_and_starts_no_clock(world, admin_engine):
    """NOT-23, NOT-24: an agency may ask without a notification, and the partners hear of it."""
    kept = kept_of(admin_engine, asked(world))
    assert kept.opened == ["consider_request | review_group_chair"]
    assert kept.clocks == []
    assert kept.ordered == ["notify | review_request | hospital | v1"]
    assert len(kept.emails) == 6  # manager, chair, decision maker, three partners


def test_the_three_partners_are_asked_to_sign_what_is_recommended(world, left_by):
    command = say.consider_request()
    case = asked(world)
    left = left_by(case, request_consideration.consider_request, command, who=CHAIR, when=WHEN)
    assert left == Traces(
        entries=["request_considered"],
        opened=turns("sign_request", *SEATS),
        closed=["consider_request | review_group_chair"],
        emails=emails("sign_off_needed", *PARTNERS),
    )


def test_a_local_review_without_a_notification_begins_with_its_terms_and_never_has_a_rapid_review(
    world, admin_engine
):
    """K10 and the Panel's answer do not exist for it; K11 counts from the last signature."""
    case = decided(world, "local_review")
    assert case.stage() is Stage.COMMISSIONING
    assert case.running() == ["K11 2026-06-16"]
    assert {one.todo for one in case.turns()} == {"agree_terms", "appoint_reviewer"}
    kept = kept_of(admin_engine, case)
    assert {one.partition(" | ")[0] for one in kept.dispatches} == {"commissioning_decided"}
    assert "request_decided | hospital.desk" in kept.emails
    case.commission("2026-01-12").report().draft().sign(sign_off.sign_report, "2026-05-04")
    case.plan().publish().embed().close()
    assert "K10" not in {one.split()[0] for one in kept_of(admin_engine, case).clocks}
    again = say.refer_on()
    with pytest.raises(StepNotOpen, match="decided on"):
        case.do(referral_from_log.refer_on, again, MANAGER, "2026-10-02")


def test_what_may_have_to_be_notified_is_referred_with_what_the_request_says(world):
    """NOT-24: the local authority decides; the children and the place need not be typed again."""
    case = decided(world, "notification")
    assert [one.todo for one in case.turns()] == ["refer_request"]
    with world.act(MANAGER, SIGNED) as work:
        form = logged_as_referral(work, get_case(work.session, case.case_id))
    assert form is not None
    assert (form.children[0].name, form.place) == ("Robin Example", say.SAID)
    case.do(referral_from_log.refer_on, say.refer_on(), MANAGER, SIGNED)
    assert case.stage() is Stage.REFERRED
    assert {one.todo for one in case.turns()} >= {"give_view", "record_awareness"}


def test_without_a_review_the_case_is_closed_with_its_learning_and_referred_on_new_facts(world):
    case = decided(world, "no_review")
    assert [one.todo for one in case.turns()] == ["close_or_reopen"]
    case.do(closing.close_unreviewed, say.close_unreviewed(), MANAGER, "2026-01-05")
    with pytest.raises(StepNotOpen, match="refer what was logged"):
        case.do(reopening.reopen, say.reopen(aware_at="2026-01-09"), MANAGER, "2026-01-12")
    again = say.refer_on(aware_at="2026-01-09")
    case.do(referral_from_log.refer_on, again, MANAGER, "2026-01-12")
    assert (case.stage(), case.due("K1")) == (Stage.REFERRED, "2026-01-16")


def test_a_partner_who_disagrees_has_it_considered_again(world):
    case = consider(asked(world))
    no = {"position": Position.DISAGREES}
    case.sign(sign_off.sign_request, SIGNED, Seat.POLICE, **no)
    assert "consider_request" in {one.todo for one in case.turns()}
    assert case.stage() is Stage.REQUESTED
    consider(case, decision="no_review").sign(sign_off.sign_request, SIGNED)
    assert case.stage() is Stage.NOT_NOTIFIED


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"key_lines": ()}, "key_lines"),
        ({"key_lines": tuple({"question": say.SAID} for _line in range(5))}, "key_lines"),
        ({"must": ()}, "must"),
    ],
)
def test_a_recommendation_answers_the_criteria_and_asks_few_questions(
    said, field, world, admin_engine
):
    """LC-07: key lines where a review is recommended, four at most."""
    case = asked(world)
    with refused(admin_engine, world, AnswerRefused, field=field):
        consider(case, **said)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"children": ()}, "children"),
        ({"incident_on": "2025-12-13"}, "incident_on"),
        ({"media": "reported"}, "media_words"),
    ],
)
def test_what_a_request_cannot_say_is_refused(said, field, world, admin_engine):
    with refused(admin_engine, world, AnswerRefused, field=field):
        asked(world, **said)


def test_no_duty_ends_in_a_case_that_was_not_referred(world, admin_engine):
    """NOT-03: a referral marked as a duplicate of a request would lose its clock."""
    case, request = Driven(world, say.refer(aware_at="2025-12-11")), asked(world)
    marked = say.mark_duplicate(request.row().reference)
    with refused(admin_engine, world, AnswerRefused, field="duplicate_of", saying="Refer it first"):
        case.do(duplicates.mark_duplicate, marked, MANAGER, WHEN)


def test_a_paper_of_a_request_says_when_the_request_was_received_and_of_no_referral(world):
    case = decided(world, "local_review").commission("2026-01-05")
    with world.act(MANAGER) as work:
        (order,) = orders(work, case.case_id, {"kind": "terms_of_reference", "version": 1})
        built = build(work, case.case_id, DocumentOrder.model_validate(order), BUILDERS)
    details = {one.label: one.text for one in built.paper.details}
    assert details["Request received"] == "Friday 12 December 2025"
    assert "Referral received" not in details


def test_who_asked_is_shown_what_the_partners_decided_once_all_have_signed(world):
    """RR-50: the agency that asked sees the decision and its own words alone."""
    case = consider(asked(world), decision="no_review")
    for is_signed in (False, True):
        if is_signed:
            case.sign(sign_off.sign_request, SIGNED)
        with world.act(Role.AGENCY_LEAD, SIGNED) as work:
            told = outcome_told(work, get_case(work.session, case.case_id))
        assert (told is not None and told.on_request is RequestDecision.NO_REVIEW) is is_signed


def test_the_papers_say_what_was_asked_and_what_the_partners_decided(world):
    case, desk = decided(world, "local_review"), Desk(world)
    desk.carry(case.case_id, Step.NOTIFY, Step.COMMISSION)
    made = {row.kind: text_of(desk.bytes_of(row)) for row in desk.rows(case.case_id)}
    left_out = {"children", "family_members", "received_at", "keeps_confidential"}
    titled = {name for part in TITLES.values() for name in part}
    assert titled == set(RequestReview.model_fields) - left_out
    request = made[DocumentKind.REVIEW_REQUEST]
    for words in (
        "Robin Example",
        "Wren Example",
        "A near miss",
        "Importance for the local area",
        "Hill Hospital",
    ):
        assert words in request
    decision = made[DocumentKind.REQUEST_DECISION]
    for words in ("What the partners considered", "Positions", "improvements needed"):
        assert words in decision
    notice = made[DocumentKind.COMMISSIONING_NOTICE]
    assert "the review was asked for without one" in notice
    assert [kind for kind, text in made.items() if "Not given" in text] == []

"""What is to be told to people here is met by emails that arrive, and by everybody being asked."""

from datetime import date

import pytest

from services.casework.engine.bounces import take_bounce
from services.casework.steps.dispatches import held_emails
from services.casework.steps.dispatches.held_emails import Settlement
from services.casework.steps.rapid_review import submission
from services.casework.steps.scoping import scoping
from services.database.clocks import RunningClock, clocks
from services.database.outbox import OutboxEmail
from services.domain.clocks.rules import ClockId
from services.domain.directory import ContactRole
from services.domain.emails import EmailTrigger
from services.domain.errors import AnswerRefused
from services.domain.recipients import Recipient
from services.domain.roles import Role
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.mail.delivery_status import Bounce
from tests import factories as say
from tests.directory import contacted, placed
from tests.driven import Driven
from tests.kept import emails
from tests.post_office import Office, deliver_all
from tests.reached import decision_signed
from tests.world import PROBATION, SCHOOL, World

MANAGER = Role.BUSINESS_MANAGER
SENT, NEXT = "2026-01-07", "2026-01-08"
TOLD = (EmailTrigger.RAPID_REVIEW_SUBMITTED, EmailTrigger.OUTCOME_TOLD)


def submit(case: Driven) -> None:
    """Submit a signed rapid review, when nothing else waits to be sent to anybody here."""
    decision_signed(case).mail("2026-01-05")
    case.do(submission.submit, say.submit(), MANAGER, f"{SENT} 11:00")


@pytest.fixture
def submitted(case_at) -> Driven:
    return case_at(Stage.RAPID_REVIEW, submit)


def scope_early(world: World) -> Driven:
    """Bring a case to its scoping, of which the awareness was told with the referral."""
    return Driven(world, say.refer(aware_at="2025-12-11")).decide().notify().scope()


def met(case: Driven, *which: str) -> list[str]:
    return [case.clock(one)["met_on"] for one in which]


def test_record_and_outcome_are_sent_once_the_last_email_of_them_is_accepted(submitted):
    """K8, RR-49, RR-50: the Panel alone is not enough, nor the attendees without the agencies."""
    case = submitted
    assert met(case, "K8", "K9", "K10") == ["", "", SENT]
    case.mail(f"{SENT} 11:01", EmailTrigger.RAPID_REVIEW_SUBMITTED)
    assert met(case, "K8") == [""]
    case.mail(NEXT, EmailTrigger.OUTCOME_TOLD)
    assert met(case, "K8", "K9") == [NEXT, ""]


def test_the_chair_is_told_once_the_email_is_accepted_whenever_the_panel_was(submitted):
    """K9, RR-55: what the Panel was sent, and when, does not tell the chair."""
    case = submitted
    case.mail("2026-01-12", EmailTrigger.CHAIR_TOLD)
    assert met(case, "K8", "K9") == ["", "2026-01-12"]


def of(office: Office, case: Driven, event: EmailTrigger) -> OutboxEmail:
    return next(one for one in office.emails(case.case_id) if one.event is event)


@pytest.mark.parametrize(
    ("event", "clock", "other"),
    [(EmailTrigger.CHAIR_TOLD, "K9", "K8"), (EmailTrigger.OUTCOME_TOLD, "K8", "K9")],
)
def test_a_telling_that_came_back_is_open_again_and_met_by_what_is_sent_again(
    event, clock, other, submitted
):
    """K8, K9: the courier meets them, a bounce opens one again, and the next acceptance meets it.

    The day on which it was shown as met stays in sight.
    """
    case, office = submitted, Office(submitted.world, when=f"{SENT} 12:00")
    deliver_all(office)
    assert met(case, "K8", "K9") == [SENT, SENT]
    email = of(office, case, event)
    take_bounce(office, Bounce(email.message_id, "5.1.1"))
    assert met(case, clock, other) == ["", SENT]
    with case.world.act(MANAGER) as work:
        row = next(one for one in clocks(work.session, case.case_id) if one.clock == clock)
        assert row.taken_back == date(2026, 1, 7)
    again = say.settle_email(email.id, course=Settlement.SEND_AGAIN)
    case.do(held_emails.settle_email, again, MANAGER, f"{NEXT} 09:00")
    assert met(case, clock) == [""]
    office.when = f"{NEXT} 10:00"
    deliver_all(office)
    assert met(case, clock) == [NEXT]


@pytest.mark.parametrize(
    ("event", "clock", "recipient"),
    [
        (EmailTrigger.NOTIFICATION_RECORDED, "K2", Recipient.PARTNERS),
        (EmailTrigger.SCOPING_REQUESTED, "K5", Recipient.AGENCY),
    ],
)
def test_a_partner_or_an_agency_whose_email_came_back_was_not_told(
    event, clock, recipient, ready_by
):
    """K2, K5: the duty is open again at its old day, until what is sent again is accepted."""
    case = ready_by(scope_early)
    office = Office(case.world, when="2025-12-15 12:00")
    deliver_all(office)
    assert met(case, "K2", "K5") == ["2025-12-15", "2025-12-15"]
    found = [one for one in office.emails(case.case_id) if one.event is event]
    email = next(one for one in found if one.recipient is recipient)
    take_bounce(office, Bounce(email.message_id, "5.1.1"))
    assert sorted(met(case, "K2", "K5")) == ["", "2025-12-15"]
    again = say.settle_email(email.id, course=Settlement.SEND_AGAIN)
    case.do(held_emails.settle_email, again, MANAGER, "2025-12-16 09:00")
    assert met(case, clock) == [""]
    office.when = "2025-12-16 10:00"
    deliver_all(office)
    assert met(case, clock) == ["2025-12-16"]


def test_the_chairs_copy_of_a_notification_tells_no_partner(ready_by):
    """K2: that the chair's email came back takes nothing back."""
    case = ready_by(scope_early)
    office = Office(case.world, when="2025-12-15 12:00")
    deliver_all(office)
    found = [o for o in office.emails(case.case_id) if o.recipient is Recipient.CHAIR]
    told = next(one for one in found if one.event is EmailTrigger.NOTIFICATION_RECORDED)
    take_bounce(office, Bounce(told.message_id, "5.1.1"))
    assert met(case, "K2") == ["2025-12-15"]


def test_what_a_person_says_arrived_is_told(submitted):
    """K9: a refused email whose chair was told otherwise."""
    case, office = submitted, Office(submitted.world, when=f"{SENT} 12:00")
    office.mailer.refuses.add(case.world.ours.email(Role.REVIEW_GROUP_CHAIR))
    deliver_all(office)
    assert met(case, "K9") == [""]
    email = of(office, case, EmailTrigger.CHAIR_TOLD)
    said = say.settle_email(email.id, course=Settlement.TOLD_OTHERWISE)
    case.do(held_emails.settle_email, said, MANAGER, f"{NEXT} 09:00")
    assert met(case, "K9") == [NEXT]


def test_the_recommendation_is_shared_with_every_member_of_the_review_group(case_at, left_by):
    """RR-51, DEC-15: members with an account and the group's contacts, beside the chair."""
    case, day = case_at(Stage.RAPID_REVIEW, decision_signed), "2025-12-01"
    said = {"valid_from": day, "verified_on": day, "role": ContactRole.REVIEW_GROUP}
    place = placed(case.world, day, valid_from=day)
    contacted(case.world, place, day, address="group@a.example", **said)
    left = left_by(case, submission.submit, say.submit(), who=MANAGER, when=f"{SENT} 11:00")
    told = emails("recommendation_shared", "group@a.example", "review.group.member")
    assert {*told, "chair_told | review.group.chair"} <= set(left.emails)


# Every relevant agency is asked (K5).


def ask(case: Driven, when: str, *names: str, **but) -> None:
    words = say.request_returns(*map(case.agency, names), **but)
    case.do(scoping.request_returns, words, MANAGER, when)


def of_k5(case: Driven) -> dict[str, RunningClock]:
    with case.world.act(MANAGER) as work:
        found = [one for one in clocks(work.session, case.case_id) if one.clock is ClockId.K5]
        work.session.expunge_all()
    return {one.subject: one for one in found}


def todos(case: Driven) -> set[Todo]:
    return {one.todo for one in case.turns()}


def test_the_forms_are_out_once_every_relevant_agency_is_asked(case_at):
    """K5, RR-39: the first agency asked does not stop it."""
    case = case_at(Stage.TO_BE_NOTIFIED, Driven.notify)
    ask(case, "2025-12-15", SCHOOL, still_to_ask="The hospital names its lead tomorrow.")
    assert met(case, "K5") == [""]
    assert Todo.REQUEST_RETURNS in todos(case)
    ask(case, "2025-12-16", PROBATION)
    assert met(case, "K5") == ["2025-12-16"]
    assert Todo.REQUEST_RETURNS not in todos(case)


def test_that_no_agency_is_left_to_ask_is_said_by_naming_those_that_were(case_at):
    case = case_at(Stage.TO_BE_NOTIFIED, Driven.notify)
    ask(case, "2025-12-15", SCHOOL, still_to_ask="Perhaps probation.")
    with pytest.raises(AnswerRefused, match="not asked before"):
        ask(case, "2025-12-16", SCHOOL, still_to_ask="Perhaps probation.")
    ask(case, "2025-12-16", SCHOOL)
    assert met(case, "K5") == ["2025-12-16"]
    with pytest.raises(AnswerRefused, match="not asked before"):
        ask(case, "2025-12-16", SCHOOL)


def test_an_agency_found_later_shows_how_late_it_was_asked(case_at):
    """K5, RR-39: it has a clock of its own, from the referral."""
    case = case_at(Stage.TO_BE_NOTIFIED, Driven.notify)
    ask(case, "2025-12-15", SCHOOL)
    ask(case, "2025-12-29", PROBATION)
    found = of_k5(case)
    later = found[str(case.agency(PROBATION))]
    assert (found[""].met_on, later.due, later.met_on) == (
        date(2025, 12, 15),
        date(2025, 12, 16),
        date(2025, 12, 29),
    )

"""When a case may be published: sent ahead in time, by every publisher (K12)."""

from datetime import date

from services.casework.effects import compute_due_date
from services.casework.steps.anonymity.checks import must_be_checked
from services.casework.steps.names_sent import names_others
from services.casework.steps.publication.beside_lead import asked_to_publish, is_beside_lead
from services.casework.steps.publication.changed_followed import must_be_the_text_signed
from services.casework.steps.publication.comments_open import must_have_answered
from services.casework.steps.publication.days_against import against_day
from services.casework.steps.publication.objections import must_have_no_objection
from services.casework.steps.publication.presentation import must_be_presented
from services.casework.steps.publication.publishers_done import must_all_have_sent
from services.casework.steps.rounds.sign_off_rounds import all_agree
from services.casework.steps.where_published import must_have_an_address
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.errors import AlreadyDone, AnswerRefused, RuleBroken
from services.domain.sign_off import SignOffMatter
from services.domain.working_days import written


def must_be_ready(
    work: UnitOfWork, case: Case, published_on: date, address: str | None, *, publishes: bool
) -> None:
    """Refuse unless the case may be published on the day said, with the notice of K12 kept."""
    _must_be_sent(work, case)
    if case.publishes is not None and case.publishes is not publishes:
        other = "the report" if case.publishes else "information about improvements"
        raise RuleBroken(f"The partners decided to publish {other}.")
    if published_on > work.today:
        raise AnswerRefused("published_on", "Enter a day that is not in the future.")
    limit = compute_due_date(work, case, ClockId.K12, publication=published_on).due
    sent_on = case.presented_on
    if sent_on is not None and sent_on > limit:
        raise AnswerRefused(
            "published_on",
            f"The text was sent on {written(sent_on)}. For this day of publication it had to be "
            f"sent by {written(limit)} (PUB-26, K12).",
        )
    must_be_presented(work, case)
    must_have_no_objection(work, case)
    must_be_the_text_signed(work, case)
    must_have_answered(work, case)
    if not is_beside_lead(work, case):
        must_be_checked(work, case)
    must_have_an_address(work, case, address, publishes=publishes)


def is_other_day(work: UnitOfWork, case: Case, published_on: date, why: str | None) -> bool:
    """Tell whether it is another day than the partners approved; refuse that without why (PUB-21).

    It is held against the days that publication keeps clear of, as every day that is planned.
    """
    if published_on == case.publish_on:
        return False
    if why is None:
        against = against_day(work, case, published_on)
        known = f" Against this day: {against}." if against else ""
        raise AnswerRefused(
            "why_other_day",
            f"The partners approved another day: say why it was this one (PUB-21).{known}",
        )
    return True


def _must_be_sent(work: UnitOfWork, case: Case) -> None:
    """Refuse until we, and each publisher beside us, have sent the text (PUB-31, K12)."""
    is_beside = is_beside_lead(work, case)
    if is_beside:
        asked_to_publish(work, case)
    if case.published_on is not None:
        raise AlreadyDone("Your partnership has published it already.")
    _must_name_as_sent(work, case)
    if case.presented_on is None:
        raise RuleBroken("Send the text to the Panel, Ofsted and the Secretary of State first.")
    if is_beside:
        asked_to_publish(work, case, all_sent=True)
    else:
        must_all_have_sent(work, case)


def _must_name_as_sent(work: UnitOfWork, case: Case) -> None:
    """Refuse a report that has to name others than the text that was sent (PUB-26, PUB-27)."""
    if names_others(work, case):
        raise RuleBroken(
            "Since the text was sent, reviewers were appointed or closed out: it does not name "
            "those whom the report has to name (PUB-27). What is published is what was sent: plan "
            "publication anew for the partners to approve, then send the text again (PUB-26, K12)."
        )


def must_be_agreed(work: UnitOfWork, case: Case) -> None:
    """Refuse until all partners agreed; a publisher beside the lead is asked once they have.

    Police and prosecution do not object, as the register has it (G10).
    Who leads has had the text checked by then, and settled what is certain in it (PUB-16).
    """
    must_have_no_objection(work, case)
    must_be_the_text_signed(work, case)
    if is_beside_lead(work, case):
        asked_to_publish(work, case)
    elif not all_agree(work, case, SignOffMatter.PUBLICATION):
        raise RuleBroken("All partners approve the plan before it is sent (G10).")
    else:
        must_be_checked(work, case)
        _must_name_as_sent(work, case)


def must_be_sent_in_time(work: UnitOfWork, case: Case) -> None:
    """Refuse a dispatch after the last day on which it can be sent (PUB-26, K12)."""
    day = case.publish_on
    if day is None:
        raise RuleBroken("No day of publication is set. It is planned first (PUB-26, K12).")
    limit = compute_due_date(work, case, ClockId.K12, publication=day).due
    if work.today > limit:
        raise RuleBroken(
            f"It is too late to send for publication on {written(day)}: the last day to send was "
            f"{written(limit)} (PUB-26, K12). A later day is planned first."
        )

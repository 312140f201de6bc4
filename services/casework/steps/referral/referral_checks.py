"""What a referral cannot say is refused or asked about, beside the field that says it."""

from datetime import date, datetime
from typing import Final

from services.casework.commands import Command
from services.casework.steps.family import as_person
from services.casework.steps.referral.referred import Referral
from services.casework.steps.referral.requested import RequestReview
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AnswerRefused
from services.domain.family import MOST_PEOPLE
from services.domain.incidents import (
    CoronerInvolvement,
    FamilyInformed,
    IncidentArea,
    MediaInterest,
    PoliceInvolvement,
)
from services.domain.subjects import MOST_CHILDREN, Harm
from services.domain.working_days import london_date

# Answers that say too little without the words beside them, and what to ask for.
_NEED_WORDS: Final = (
    ("police", {PoliceInvolvement.CHARGED, PoliceInvolvement.CONCLUDED}, "Say with what result."),
    ("coroner", {CoronerInvolvement.CONCLUDED}, "Say what the coroner found."),
    ("media", {MediaInterest.REPORTED}, "Say where it is reported."),
    ("family_informed", {FamilyInformed.NO}, "Say why the family is not told."),
)


def must_be_possible_referral(work: UnitOfWork, referral: Referral) -> None:
    """Refuse what cannot be so of the children, the days, or what goes without its words.

    Raises AnswerRefused beside the field.
    """
    _check_children(work, referral)
    _check_family(work, referral)
    _check_deaths(work, referral)
    died = any(one.harm is Harm.DEATH for one in referral.subjects)
    if died and referral.coroner is CoronerInvolvement.NO_DEATH:
        raise AnswerRefused("coroner", "A child died: say how far the coroner is.")
    if referral.area is IncidentArea.OUTSIDE_ENGLAND and referral.residence is None:
        raise AnswerRefused("residence", "Say where the child normally lives, if it is known.")
    _check_days(work, referral)
    must_have_its_words(referral)


def must_be_possible_request(work: UnitOfWork, request: RequestReview) -> None:
    """Refuse what cannot be so of a request's children or days, or goes without its words."""
    _check_children(work, request)
    _check_family(work, request)
    _check_days(work, request)
    must_have_its_words(request)


def must_have_its_words(said: Command) -> None:
    """Refuse an answer that says too little without the words beside it."""
    for field, codes, asked in _NEED_WORDS:
        if getattr(said, field, None) in codes and not getattr(said, f"{field}_words"):
            raise AnswerRefused(f"{field}_words", asked)


def must_be_possible_awareness(
    work: UnitOfWork, aware_at: datetime | None, incident_on: date
) -> None:
    """Refuse an awareness of the local authority in the future, or before the incident."""
    if aware_at is None:
        return
    if aware_at > work.now:
        raise AnswerRefused("aware_at", "The local authority cannot become aware in the future.")
    if london_date(aware_at) < incident_on:
        raise AnswerRefused(
            "aware_at", "The local authority cannot have been aware before the incident."
        )


def _check_children(work: UnitOfWork, command: Referral | RequestReview) -> None:
    if not command.children:
        raise AnswerRefused("children", "Enter at least one child.")
    if len(command.children) > MOST_CHILDREN:
        raise AnswerRefused("children", "Enter up to four children, and name the others below.")
    for place, subject in enumerate(command.subjects):
        for doubt in subject.doubts(work.today):
            raise AnswerRefused(f"children.{place}.{doubt.field}", doubt.message)


def _check_family(work: UnitOfWork, command: Referral | RequestReview) -> None:
    """Refuse what cannot be so of the people of the family, and one of no child that is named."""
    if len(command.family_members) > MOST_PEOPLE:
        raise AnswerRefused(
            "family_members", "Enter up to eight people, and name the others below."
        )
    for place, member in enumerate(command.family_members):
        field = f"family_members.{place}"
        if member.child is not None and member.child > len(command.children):
            raise AnswerRefused(f"{field}.child", "There is no child of that number here.")
        person = as_person(member, command.children, command.incident_on)
        for doubt in person.doubts(work.today):
            raise AnswerRefused(f"{field}.{doubt.field}", doubt.message)


def _check_deaths(work: UnitOfWork, referral: Referral) -> None:
    """Refuse the day of the death of a child who did not die, and one that cannot be."""
    for place, child in enumerate(referral.children):
        if child.died_on is None:
            continue
        field = f"children.{place}.died_on"
        if child.harm is not Harm.DEATH:
            raise AnswerRefused(field, "Answer only where this child died.")
        if not referral.incident_on <= child.died_on <= work.today:
            raise AnswerRefused(field, "Enter a day from the incident until today.")


def _check_days(work: UnitOfWork, command: Referral | RequestReview) -> None:
    if command.received_at > work.now:
        raise AnswerRefused("received_at", "Enter a time that is not in the future.")
    if command.incident_on > london_date(command.received_at):
        raise AnswerRefused("incident_on", "Enter a time before the referral, or the request.")
    known_at = command.agency_aware_at
    if known_at is None:
        return
    if known_at > command.received_at:
        raise AnswerRefused("agency_aware_at", "Your agency knew before it sent this.")
    if london_date(known_at) < command.incident_on:
        raise AnswerRefused("agency_aware_at", "Your agency cannot have known before the incident.")

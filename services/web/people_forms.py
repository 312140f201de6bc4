"""The form of each act on who holds which role: its address, what it is about, what it shows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from services.casework.people import acts
from services.casework.people.acts import PeopleAct
from services.database.delegations import get_membership
from services.database.people import names
from services.database.unit_of_work import UnitOfWork
from services.web.view_models.lost_factors import lost_factor_words
from services.web.view_models.people import appointment_line, held_name
from services.web.view_models.webhooks import webhook_words


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleForm:
    """One form; what is not there is not found when it is said what the form is about."""

    act: PeopleAct
    path: str
    title: str
    button: str
    about: Callable[[UnitOfWork, UUID], str]
    shows_holdings: bool = False


def _appointment(work: UnitOfWork, appointment_id: UUID) -> str:
    """Say who is to hold what, from when until when, and why."""
    line = appointment_line(work, appointment_id)
    return f"{line.name}, {line.address}: {line.post}, {line.when}. {line.reasons}"


def holder_of(work: UnitOfWork, asked: PeopleForm, about_id: UUID) -> UUID:
    """Return whose roles the form ends: it is about the person, or about one role of theirs."""
    if asked.act is acts.END_EVERYTHING:
        return about_id
    return get_membership(work.session, about_id).person_id


def _person(work: UnitOfWork, person_id: UUID) -> str:
    return names(work.session, {person_id}).get(person_id, "")


APPOINT: Final = PeopleForm(
    act=acts.APPOINT,
    path="appoint",
    title="Appoint somebody",
    button="Enter the appointment",
    about=lambda _work, _id: "",
)
ENTER_SYSTEM: Final = PeopleForm(
    act=acts.ENTER_SYSTEM,
    path="systems/enter",
    title="Let a system in",
    button="Enter the system",
    about=lambda _work, _id: "",
)
FORMS: Final = (
    PeopleForm(
        act=acts.ANSWER,
        path="appointments/{entry_id}/answer",
        title="Answer an appointment as the second person",
        button="Save",
        about=_appointment,
    ),
    PeopleForm(
        act=acts.WITHDRAW,
        path="appointments/{entry_id}/withdraw",
        title="Take back an appointment",
        button="Take it back",
        about=_appointment,
    ),
    PeopleForm(
        act=acts.SEND_AGAIN,
        path="appointments/{entry_id}/send-again",
        title="Write again to whoever has to answer",
        button="Send it again",
        about=_appointment,
    ),
    PeopleForm(
        act=acts.APPOINT_DEPUTY,
        path="roles/{entry_id}/deputy",
        title="Appoint a deputy",
        button="Enter the appointment",
        about=held_name,
    ),
    PeopleForm(
        act=acts.KEEP,
        path="roles/{entry_id}/keep",
        title="Confirm that a role goes on",
        button="Confirm",
        about=held_name,
    ),
    PeopleForm(
        act=acts.END_ROLE,
        path="roles/{entry_id}/end",
        title="End a role",
        button="End it",
        about=held_name,
        shows_holdings=True,
    ),
    PeopleForm(
        act=acts.END_EVERYTHING,
        path="leaving/{entry_id}",
        title="Somebody leaves",
        button="End everything that they have here",
        about=_person,
        shows_holdings=True,
    ),
    PeopleForm(
        act=acts.REPORT_LOST_FACTOR,
        path="roles/{entry_id}/second-factor",
        title="Somebody has lost their second factor",
        button="Ask another administrator to confirm it",
        about=held_name,
    ),
    PeopleForm(
        act=acts.ANSWER_LOST_FACTOR,
        path="second-factors/{entry_id}/answer",
        title="Is a lost second factor to be taken away?",
        button="Save",
        about=lost_factor_words,
    ),
    PeopleForm(
        act=acts.ENTER_WEBHOOK,
        path="systems/{entry_id}/webhook/enter",
        title="Enter where a system is told",
        button="Enter the address",
        about=held_name,
    ),
    PeopleForm(
        act=acts.ANSWER_WEBHOOK,
        path="webhooks/{entry_id}/answer",
        title="Answer the address of a system as the second person",
        button="Save",
        about=webhook_words,
    ),
    PeopleForm(
        act=acts.END_WEBHOOK,
        path="webhooks/{entry_id}/end",
        title="Tell a system no more",
        button="End it",
        about=webhook_words,
    ),
)

"""An agency's return as it stands on record: sent or entered, confirmed, corrected (RR-40)."""

from typing import Annotated, Final

from pydantic import Field

from services.casework.commands import (
    AgencyChoice,
    Command,
    LongText,
    Moment,
    NeededWhen,
    ShortText,
    Under,
    part_of,
)
from services.casework.steps.scoping.return_questions import ReturnWords, SubmitReturn
from services.database.cases import Case
from services.database.history import Entry, Fact, all_of, facts
from services.database.police_marks import live_marks
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import ReturnSource
from services.domain.entry_types import THE_RETURN, EntryType


class HowItCame(Command):
    """Of which agency a return is that it did not send here, how it came, from whom and when."""

    agency: Annotated[AgencyChoice, Under("How it came")] = Field(title="Which agency answered?")
    source: ReturnSource = Field(title="How did its answer come?")
    caller: ShortText = Field(
        title="Who answered, and in which post?",
        description="The return and the papers of the meeting name them as who said it.",
    )
    received_at: Moment = Field(
        title="When was it received?",
        description="When you had the email, or when the call ended. The agency's last day is met "
        "on this day. If it told you more later, leave the first time.",
    )


class EnterReturn(ReturnWords, HowItCame):
    """What an agency answered by email or telephone, to the questions of its form.

    Enter its words, and nothing that it did not say. The agency is asked to confirm or correct
    them. Whether its records are secured, through whom they are opened and any conflict of interest
    stay open until somebody of the agency says so there.
    """


class ConfirmReturn(SubmitReturn):
    """What your agency answered by email or telephone, as the business unit entered it.

    Read it and put right what is wrong. Say that your records are secured, through whom they are
    opened, and whether anybody has a conflict of interest: nobody else can say that for you.
    """

    reason: Annotated[
        LongText | None, NeededWhen("if you changed what was entered"), Under("6. What you changed")
    ] = Field(default=None, title="What did you change in what was entered, and why?")


class CorrectReturn(SubmitReturn):
    """Your agency's return as it is right now: add or change what is needed, leave the rest.

    What you sent before stays on record beside it. The business manager is told, and so are those
    who have read it in the papers of the meeting.
    """

    reason: Annotated[LongText, Under("6. What is new")] = Field(
        title="What is added or corrected, and why?",
        description="For example records of another service that were found since.",
    )


_SAID_IN: Final[dict[EntryType, type[ReturnWords]]] = {
    EntryType.RETURN_SUBMITTED: SubmitReturn,
    EntryType.RETURN_ENTERED: EnterReturn,
    EntryType.RETURN_CONFIRMED: ConfirmReturn,
    EntryType.RETURN_CORRECTED: CorrectReturn,
}


def said_in(entry: Entry) -> ReturnWords:
    """Return all that the entry of a return says, with how it came or why it was changed."""
    return _SAID_IN[entry.entry_type].model_validate(entry.command)


def as_return(entry: Entry) -> SubmitReturn:
    """Return what an entry says as the agency's return, whether it is the first or a later one.

    What only the agency can say of itself has no answer in what was entered for it.
    """
    said = said_in(entry)
    if isinstance(said, SubmitReturn):
        return part_of(said, SubmitReturn)
    return SubmitReturn.model_validate(part_of(said, ReturnWords).model_dump())


def return_on_record(work: UnitOfWork, case: Case) -> SubmitReturn | None:
    """Return the newest return of the actor's own agency, where they read all of its versions."""
    newest = newest_of(work, case, str(work.actor.agency_id))
    return None if newest is None else as_return(newest)


def newest_of(work: UnitOfWork, case: Case, agency: str) -> Entry | None:
    """Return the newest return of an agency, by its id, where the actor reads every version."""
    told = [one for one in all_of(work.session, case.id, *THE_RETURN) if one.subject == agency]
    sent = returned_by(work, case, agency)
    return told[-1] if sent and len(told) == len(sent) else None


def returned_by(work: UnitOfWork, case: Case, agency: str) -> list[Fact]:
    """Return the places of what an agency returned, whether or not the actor reads it."""
    return [one for one in facts(work.session, case.id, *THE_RETURN) if one.subject == agency]


def is_held_back(work: UnitOfWork, case: Case, agency: str) -> bool:
    """Tell whether a police mark is on anything that the agency returned."""
    sent = {one.id for one in returned_by(work, case, agency)}
    return any(one.entry_id in sent for one in live_marks(work.session, case.id))

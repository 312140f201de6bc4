"""What a second person says of the address of an organisation that is asked on one case only."""

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import AgencyChoice, Command, ShortText, YesNo
from services.casework.effects import cancel_clock, close_todos, last_day, open_todo
from services.casework.effects.addressees import Declared
from services.casework.joint.own_agencies import asks_agencies, must_ask_agencies
from services.casework.steps.scoping.scoping_requests import OPEN_FROM, asked_this_time
from services.casework.steps.scoping.turns_told import write_again
from services.database.cases import Case
from services.database.partnerships import Agency, listed_for
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockEnding, ClockId
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AlreadyDone, AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo


class AnswerListedAddress(Command):
    """What a second person says of the address of an organisation that is asked on this case."""

    agency: AgencyChoice = Field(title="Of which organisation?")
    is_confirmed: YesNo = Field(
        title="Is this address right?",
        description="Ask the organisation itself, at a number that you found by yourself.",
    )
    grounds: ShortText = Field(title="How do you know?")


class ListedAddressAnswered(AnswerListedAddress):
    """What is kept of it: which address was answered."""

    address: str = Field(title="Which address was it?")


def answer_listed_address(work: UnitOfWork, case_id: CaseId, command: AnswerListedAddress) -> Case:
    """Confirm or refuse the address as a second person; the manager then asks the organisation.

    One that was asked elsewhere already is written to there now. One whose address is wrong is
    not asked: its last day ends, and is the same when it is listed again.
    """
    case = begin(work, case_id, ANSWER_LISTED_ADDRESS, command)
    must_ask_agencies(work, case)
    agency = _waiting(work, case, command)
    _must_be_free(work, case, agency, command)
    subject, by = str(agency.id), last_day(work, case, ClockId.K5, str(agency.id))
    kept = ListedAddressAnswered(**command.model_dump(), address=agency.address)
    if command.is_confirmed:
        agency.confirmed_by = work.actor.person_id
    else:
        agency.address = ""
        cancel_clock(work, case, ClockId.K5, because=ClockEnding.ADDRESS_REFUSED, subject=subject)
    work.session.add(agency)
    entry = record_entry_as(
        work, case, ANSWER_LISTED_ADDRESS, command, Entered(subject=subject, kept=kept)
    )
    close_todos(work, case, Todo.ANSWER_LISTED_ADDRESS, subject=subject)
    if agency.id not in asked_this_time(work, case):
        open_todo(work, case, Todo.REQUEST_RETURNS, last_day=by)
    elif command.is_confirmed:
        write_again(work, case, agency.id, entry)
    else:
        open_todo(work, case, Todo.LIST_AGAIN, subject=subject)
    return case


def has_waiting(work: UnitOfWork, case: Case) -> bool:
    """Tell whether we ask agencies, and an address of one waits for a second person."""
    return asks_agencies(work, case) and any(one.waits for one in listed_for(work.session, case.id))


def _must_be_free(work: UnitOfWork, case: Case, agency: Agency, said: AnswerListedAddress) -> None:
    """Refuse the answer of who listed it, and an address that a conflict has closed (LC-02)."""
    if agency.listed_by == work.actor.person_id:
        raise AnswerRefused("is_confirmed", "Another person answers it: you listed this address.")
    declared = Declared.on(work, case)
    if said.is_confirmed and declared.closes(work, agency.address, agency.id):
        raise AnswerRefused(
            "is_confirmed", "Whoever has this address declared a conflict in this case."
        )


def _waiting(work: UnitOfWork, case: Case, said: AnswerListedAddress) -> Agency:
    """Return the organisation whose address is answered, if it waits for that."""
    for one in listed_for(work.session, case.id):
        if one.id == said.agency and not one.waits:
            raise AlreadyDone("Its address has been answered already. The first answer stands.")
        if one.id == said.agency:
            return one
    raise AnswerRefused("agency", "Choose an organisation that is listed for this case.")


ANSWER_LISTED_ADDRESS = Act(
    name="answer_listed_address",
    command=AnswerListedAddress,
    which="agency",
    perform=answer_listed_address,
    permission=Permission.CONFIRM_DIRECTORY,
    doing="answer the address of an organisation",
    stages=frozenset(OPEN_FROM),
    entry=EntryType.LISTED_ADDRESS_ANSWERED,
    kept=ListedAddressAnswered,
    todo=Todo.ANSWER_LISTED_ADDRESS,
    is_offered=has_waiting,
    shows=(EntryType.ORGANISATION_LISTED,),
    section=Section.INTERNAL,
)

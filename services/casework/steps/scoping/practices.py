"""Several GP practices that are asked on one case through a named lead of the directory.

Each practice is an agency of the case, with a letter, a last day and a return of its own. The lead
gets what goes to each of them, and comes in for each by an address of its own.
"""

from typing import Annotated

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import Command, LeadChoice, Rows, ShortText
from services.casework.effects import close_todos, open_todo
from services.casework.effects.addressees import Declared, practice_leads
from services.casework.joint.own_agencies import asks_agencies, must_ask_agencies
from services.casework.steps.scoping.listed_organisations import close_addresses, to_be_listed
from services.casework.steps.scoping.scoping_requests import OPEN_FROM
from services.casework.steps.scoping.second_person import start_being_asked
from services.casework.steps.scoping.turns_told import write_again
from services.database.cases import Case
from services.database.directory import Contact
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import ListedKind
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo


class Practice(Command):
    """One practice, by its name."""

    name: ShortText = Field(title="Name of the practice", description="With its place.")


class ListPractices(Command):
    """GP practices that are asked on this case only, through a named lead of the directory.

    Each is an agency of this case: it is asked by a letter of its own, and returns a form of its
    own by its own last day. What goes to a practice goes to whoever is the lead that day.
    """

    lead: LeadChoice = Field(title="Through whom are they asked?")
    practices: Annotated[tuple[Practice, ...], Rows(4, "practice")] = Field(
        title="Which practices?"
    )


class PracticesListed(Command):
    """What is kept of it: who was the lead."""

    through: str = Field(title="Through whom are they asked?")
    practices: tuple[Practice, ...] = Field(title="Which practices?")


def list_practices(work: UnitOfWork, case_id: CaseId, command: ListPractices) -> Case:
    """List the practices, each with its own last day to be asked, at the lead's address (RR-39).

    The address is the directory's, so no second person confirms it for this case. A practice that
    was asked elsewhere already is written to there at once.
    """
    case = begin(work, case_id, LIST_PRACTICES, command)
    must_ask_agencies(work, case)
    lead = _lead(work, case, command)
    if not command.practices:
        raise AnswerRefused("practices", "Enter at least one practice.")
    kept = PracticesListed(through=f"{lead.holder}, {lead.address}", practices=command.practices)
    entry = record_entry_as(work, case, LIST_PRACTICES, command, Entered(kept=kept))
    for place, practice in enumerate(command.practices):
        agency = to_be_listed(work, case, practice.name, f"practices.{place}.name")
        agency.kind, agency.listed_by = ListedKind.GP_PRACTICE.value, work.actor.person_id
        agency.address, agency.confirmed_by = "", None
        agency.through = lead.organisation_id
        work.session.add(agency)
        work.session.flush()
        close_addresses(work, case, agency)
        close_todos(work, case, Todo.LIST_AGAIN, subject=str(agency.id))
        if by := start_being_asked(work, case, agency):
            open_todo(work, case, Todo.REQUEST_RETURNS, last_day=by)
        else:
            write_again(work, case, agency.id, entry)
    return case


def has_practice_lead(work: UnitOfWork, case: Case) -> bool:
    """Tell whether practices may be asked on the case through a lead of the directory."""
    return asks_agencies(work, case) and bool(practice_leads(work))


def _lead(work: UnitOfWork, case: Case, said: ListPractices) -> Contact:
    """Return the named lead of today; refuse one to whom a conflict has closed the case (LC-02)."""
    leads = {one.id: one for one in practice_leads(work).values()}
    if said.lead not in leads:
        raise AnswerRefused("lead", "Choose a named lead who is in the directory today.")
    if Declared.on(work, case).closes(work, leads[said.lead].address):
        raise AnswerRefused("lead", "Whoever has this address declared a conflict in this case.")
    return leads[said.lead]


LIST_PRACTICES = Act(
    name="list_practices",
    command=ListPractices,
    perform=list_practices,
    permission=Permission.RUN_SCOPING,
    doing="list practices for this case",
    stages=frozenset(OPEN_FROM),
    entry=EntryType.PRACTICES_LISTED,
    kept=PracticesListed,
    is_offered=has_practice_lead,
    section=Section.INTERNAL,
)

"""An organisation that is asked on one case only: listed by one person, confirmed by another.

It is an agency of that case and of no other, and no member of the directory. Nothing goes to its
address until a second person has confirmed it, as for an address of an outside body (0032).
"""

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, ShortText
from services.casework.effects import close_todos
from services.casework.effects.guest_access import end_access
from services.casework.joint.own_agencies import asks_agencies, must_ask_agencies
from services.casework.steps.guests import must_have_no_conflict
from services.casework.steps.scoping.scoping_requests import OPEN_FROM
from services.casework.steps.scoping.second_person import (
    ask_second_person,
    is_with_second_person,
)
from services.database.cases import Case
from services.database.partnerships import Agency, agencies, listed_for
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import ListedKind
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.mail import one_address


class ListOrganisation(Command):
    """An organisation that is asked on this case only, such as a GP practice or a school.

    It is an agency of this case and of no other. A second person confirms its address before
    anything goes there; then it is asked by the scoping letter like every agency. If its address
    was wrong or has changed, list it again under the same name.
    """

    kind: ListedKind = Field(title="What is it?")
    name: ShortText = Field(
        title="Its name", description="With its place, so that it is not taken for another."
    )
    email: ShortText = Field(
        title="Work email address", description="Where its scoping letter goes. No private one."
    )
    verified_by: ShortText = Field(
        title="Who verified the address, and how?",
        description="For example: rang the practice on its published number.",
    )


def list_organisation(work: UnitOfWork, case_id: CaseId, command: ListOrganisation) -> Case:
    """List the organisation, or its other address, and ask a second person of the address (RR-39).

    Its last day to be asked counts from the day on which it was first listed.
    """
    case = begin(work, case_id, LIST_ORGANISATION, command)
    must_ask_agencies(work, case)
    agency = to_be_listed(work, case, command.name, "name")
    address = one_address(command.email)
    must_have_no_conflict(work, case, address)
    agency.kind, agency.listed_by = command.kind.value, work.actor.person_id
    agency.address, agency.confirmed_by, agency.through = address, None, None
    work.session.add(agency)
    entry = record_entry(work, case, LIST_ORGANISATION, command, subject=str(agency.id))
    close_addresses(work, case, agency)
    close_todos(work, case, Todo.LIST_AGAIN, subject=str(agency.id))
    ask_second_person(work, case, agency, entry)
    return case


def close_addresses(work: UnitOfWork, case: Case, agency: Agency) -> None:
    """Close what was written to the organisation where it was asked before: it opens nothing.

    Who came in by it is let in no longer; who was invited in their own person still is.
    """
    end_access(
        work,
        case,
        lambda link: link.agency_id == agency.id and not link.guest_id,
        lambda one: one.agency_id == agency.id and one.invited_by is None,
    )


def to_be_listed(work: UnitOfWork, case: Case, said: str, field: str) -> Agency:
    """Return the organisation of that name on the case, or a new one.

    A relevant agency of the partnership is refused: it is asked as what it is. So is one whose
    address waits already.
    """
    name = said.casefold()
    if any(one.name.casefold() == name for one in agencies(work.session)):
        raise AnswerRefused(field, "It is an agency of the partnership: choose it in the form.")
    for one in listed_for(work.session, case.id):
        if one.name.casefold() == name:
            if one.waits and is_with_second_person(work, case, one):
                raise AnswerRefused(field, "Its address waits for a second person already.")
            return one
    return Agency(tenant_id=case.tenant_id, name=said, kind="", address="", case_id=case.id)


LIST_ORGANISATION = Act(
    name="list_organisation",
    command=ListOrganisation,
    perform=list_organisation,
    permission=Permission.RUN_SCOPING,
    doing="list an organisation for this case",
    stages=frozenset(OPEN_FROM),
    entry=EntryType.ORGANISATION_LISTED,
    todo=Todo.LIST_AGAIN,
    is_offered=asks_agencies,
    section=Section.INTERNAL,
)

"""For which agency an incident was referred, where somebody else entered what it sent (NOT-14)."""

from uuid import UUID

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import AgencyChoice, Command
from services.casework.effects import EmailContext, enqueue_email, order_document
from services.casework.effects.guest_access import end_access
from services.database.agency_requests import requests
from services.database.cases import Case
from services.database.history import last_fact
from services.database.partnerships import agency_on
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Asked
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AlreadyDone
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.workflow import Stage, Step


class NameReferrer(Command):
    """The agency that referred it, where it has no account and its referral was entered for it.

    It gets the reference and reads its referral and, later, the outcome: by a one-time address
    where nobody there has an account (RR-50). An agency named in error is put right here.
    """

    agency: AgencyChoice = Field(title="Which agency referred it?")


def name_referrer(work: UnitOfWork, case_id: CaseId, command: NameReferrer) -> Case:
    """Keep which agency referred the case, and write to it; one named in error reads it no longer.

    Which agency referred it by its own people is not to be changed.
    """
    case = begin(work, case_id, NAME_REFERRER, command)
    before = case.referred_by_agency_id
    if before is not None and (before == command.agency or not may_be_named(work, case)):
        raise AlreadyDone("It is on record that this agency referred it.")
    case.referred_by_agency_id = agency_on(work.session, case.id, command.agency).id
    work.session.add(case)
    entry = record_entry(work, case, NAME_REFERRER, command)
    if last_fact(work.session, case.id, EntryType.REFERRED) is not None:
        kind = DocumentKind.REFERRAL
        order_document(work, entry, Step.NOTIFY, kind, case.referred_by_agency_id)
    if before is not None:
        _take_back(work, case, before)
    about = EmailContext(part=str(entry.number))
    enqueue_email(work, case, EmailTrigger.REFERRAL_RECEIVED, about)
    return case


def may_be_named(work: UnitOfWork, case: Case) -> bool:
    """Tell whether no agency's own people referred it."""
    is_open = case.referred_by_agency_id is None
    return is_open or last_fact(work.session, case.id, EntryType.REFERRER_NAMED) is not None


NAME_REFERRER = Act(
    name="name_referrer",
    command=NameReferrer,
    perform=name_referrer,
    permission=Permission.CORRECT_REFERRAL,
    doing="name the agency that referred it",
    stages=frozenset(Stage) - {Stage.LEAD, Stage.REQUESTED, Stage.CLOSED},
    entry=EntryType.REFERRER_NAMED,
    is_offered=may_be_named,
    section=Section.INTERNAL,
)


def _take_back(work: UnitOfWork, case: Case, agency_id: UUID) -> None:
    """Close the addresses of an agency that was named in error and was asked for nothing."""
    asked = (
        request.agency_id for kind in Asked for request in requests(work.session, case.id, kind)
    )
    if agency_id in set(asked):
        return
    end_access(
        work,
        case,
        lambda link: link.agency_id == agency_id,
        lambda guest: guest.agency_id == agency_id,
    )

"""For which agency an incident was referred, where somebody else entered what it sent (NOT-14)."""

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import AgencyChoice, Command
from services.casework.effects import EmailContext, enqueue_email
from services.database.cases import Case
from services.database.partnerships import get_agency
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AlreadyDone
from services.domain.identifiers import AgencyId, CaseId
from services.domain.roles import Permission
from services.domain.workflow import Stage


class NameReferrer(Command):
    """The agency that referred it, where it has no account and its referral was entered for it.

    It gets the reference and reads its referral and, later, the outcome: by a one-time address
    where nobody there has an account (RR-50).
    """

    agency: AgencyChoice = Field(title="Which agency referred it?")


def name_referrer(work: UnitOfWork, case_id: CaseId, command: NameReferrer) -> Case:
    """Keep which agency referred the case, once, and write to it."""
    case = begin(work, case_id, NAME_REFERRER, command)
    if case.referred_by_agency_id is not None:
        raise AlreadyDone("It is on record which agency referred this.")
    case.referred_by_agency_id = get_agency(work.session, AgencyId(command.agency)).id
    work.session.add(case)
    record_entry(work, case, NAME_REFERRER, command)
    enqueue_email(work, case, EmailTrigger.REFERRAL_RECEIVED, EmailContext())
    return case


def has_no_referrer(_work: UnitOfWork, case: Case) -> bool:
    """Tell whether it is not on record yet which agency referred it."""
    return case.referred_by_agency_id is None


NAME_REFERRER = Act(
    name="name_referrer",
    command=NameReferrer,
    perform=name_referrer,
    permission=Permission.CORRECT_REFERRAL,
    doing="name the agency that referred it",
    stages=frozenset(Stage) - {Stage.CLOSED},
    entry=EntryType.REFERRER_NAMED,
    is_offered=has_no_referrer,
    section=Section.INTERNAL,
)

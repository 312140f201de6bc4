"""The chair's grant to a scrutineer to read about the family, and its withdrawal (rules.md 4)."""

from uuid import UUID

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, Day, LongText, PersonChoice
from services.database.cases import Case
from services.database.people import members
from services.database.reading_grants import ReadingGrant, grant_in_force
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AlreadyDone, AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.labels.own_words import in_own_words
from services.domain.roles import Permission, Role
from services.domain.workflow import Stage


class GrantFamilyReading(Command):
    """A scrutineer sees no family data unless the chair grants it for this case."""

    person: PersonChoice = Field(title="Which scrutineer?")
    ends_on: Day = Field(title="Until which day?", description="The last day on which it holds.")
    reasons: LongText = Field(title="Why do they need it?")


class WithdrawFamilyReading(Command):
    """A grant that is withdrawn ends at the next page that the scrutineer opens."""

    person: PersonChoice = Field(title="Whose grant?")
    reasons: LongText = Field(title="Why does it end?")


def grant_family_reading(work: UnitOfWork, case_id: CaseId, command: GrantFamilyReading) -> Case:
    """Let one scrutineer read about the family of this case, with a reason and an end."""
    case = begin(work, case_id, GRANT_FAMILY_READING, command)
    scrutineers = members(work.session, Role.INDEPENDENT_SCRUTINEER, on=work.today)
    if command.person not in {one.id for one in scrutineers}:
        raise AnswerRefused(
            "person", in_own_words("Choose an independent scrutineer of this partnership.")
        )
    if command.ends_on < work.today:
        raise AnswerRefused("ends_on", "Enter today or a later day.")
    if grant_in_force(work.session, case.id, command.person, work.today) is not None:
        raise AlreadyDone("They have a grant already. Withdraw it first to change its end.")
    work.session.add(
        ReadingGrant(
            tenant_id=case.tenant_id,
            case_id=case.id,
            person_id=command.person,
            reasons=command.reasons,
            granted_by=work.actor.person_id,
            granted_at=work.now,
            ends_on=command.ends_on,
        )
    )
    record_entry(work, case, GRANT_FAMILY_READING, command, subject=str(command.person))
    return case


GRANT_FAMILY_READING = Act(
    name="grant_family_reading",
    command=GrantFamilyReading,
    which="person",
    perform=grant_family_reading,
    permission=Permission.GRANT_FAMILY_READING,
    doing="let a scrutineer read about the family",
    stages=frozenset(Stage),
    entry=EntryType.FAMILY_READING_GRANTED,
    section=Section.INTERNAL,
)


def withdraw_family_reading(
    work: UnitOfWork, case_id: CaseId, command: WithdrawFamilyReading
) -> Case:
    """End a scrutineer's grant before its day; what they saw stays on record."""
    case = begin(work, case_id, WITHDRAW_FAMILY_READING, command)
    grant = _grant_of(work, case, command.person)
    grant.withdrawn_at = work.now
    work.session.add(grant)
    record_entry(work, case, WITHDRAW_FAMILY_READING, command, subject=str(command.person))
    return case


WITHDRAW_FAMILY_READING = Act(
    name="withdraw_family_reading",
    command=WithdrawFamilyReading,
    which="person",
    perform=withdraw_family_reading,
    permission=Permission.GRANT_FAMILY_READING,
    doing="withdraw a grant to read about the family",
    stages=frozenset(Stage),
    entry=EntryType.FAMILY_READING_WITHDRAWN,
    section=Section.INTERNAL,
)


def _grant_of(work: UnitOfWork, case: Case, person_id: UUID) -> ReadingGrant:
    grant = grant_in_force(work.session, case.id, person_id, work.today)
    if grant is None:
        raise AnswerRefused("person", "They have no grant in force on this case.")
    return grant

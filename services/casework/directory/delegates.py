"""Recording what a person in a partner's seat may decide, and to whom they answer (GOV-12)."""

from uuid import UUID, uuid4

from pydantic import Field

from services.casework.commands import Command, Day, ShortText
from services.casework.directory.entries import (
    begin_change,
    form_of,
    is_repeated,
    made_by,
    put_on_record,
)
from services.database.delegations import get_membership
from services.database.directory import Delegation
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import DirectoryEvent
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.plain_dates import day_month_year


class RecordDelegation(Command):
    """What a delegate may decide for their agency, and their line of accountability (GOV-12).

    Without both a person signs nothing. A newer entry takes the place of an older one from its
    first day on.
    """

    decides: ShortText = Field(
        title="What may they decide, and by which scheme of delegation?",
        description="For example: all decisions on rapid reviews and LCSPRs, by the scheme of "
        "delegation of the agency, part 3.",
    )
    accountable_to: ShortText = Field(
        title="To whom are they accountable for it?",
        description="The post, and who holds it: for example the chief executive.",
    )
    valid_from: Day = Field(title="From which day?")


def record_delegation(work: UnitOfWork, membership_id: UUID, command: RecordDelegation) -> None:
    """Begin an entry for a person who fills a seat; it holds from its first day on."""
    begin_change(work)
    form = form_of(command, membership_id)
    if is_repeated(work, form):
        return
    held = get_membership(work.session, membership_id)
    if held.seat is None:
        raise RuleBroken("Only a person in the seat of a safeguarding partner decides for it.")
    if command.valid_from < held.from_on:
        since = day_month_year(held.from_on)
        raise AnswerRefused("valid_from", f"They fill the seat since {since}: not before that day.")
    delegation = Delegation(
        **made_by(work),
        id=work.once or uuid4(),
        membership_id=membership_id,
        decides=command.decides,
        accountable_to=command.accountable_to,
        valid_from=command.valid_from,
    )
    put_on_record(work, delegation, form, DirectoryEvent.ADDED)

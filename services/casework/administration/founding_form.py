"""The file of a partnership as it is pasted into a page: tried first, then made."""

from pydantic import Field
from sqlalchemy import Engine

from services.casework.administration.founding import (
    Founded,
    found_partnership,
    plan_founding,
)
from services.casework.administration.tenant_file import read_tenant_file
from services.casework.commands import Command, LongText, YesNo
from services.casework.engine.transactions import TransactionContext
from services.domain.errors import AnswerRefused
from services.domain.roles import Actor


class FoundFromFile(Command):
    """The file of a partnership as it is pasted into a page, and whether it is to be made."""

    file: LongText = Field(
        title="The file of the partnership",
        description="Paste it here whole. What it holds is described in docs/tenants.md.",
    )
    is_checked: YesNo = Field(
        title="Have you read what would be made, and is it right?",
        description="With no, what would be made is shown, and nothing is made.",
    )


def found_as_said(
    actor: Actor,
    context: TransactionContext,
    founder: Engine | None,
    command: FoundFromFile,
) -> Founded:
    """Found the partnership of the pasted file, or only say what would be made.

    ``founder`` is missing where this process may put no partnership on record.
    """
    read = read_tenant_file(command.file)
    if not command.is_checked:
        return plan_founding(actor, context, read)
    if founder is None:
        raise AnswerRefused(
            "is_checked",
            "This installation founds partnerships at the machine: ./keyline tenant create.",
        )
    return found_partnership(actor, context, founder, read)

"""A partner's named lead replaces the position of their own delegate, in the same round (GOV-12).

It is done once the way out of the disagreement ended without agreement. The position that is
replaced stays in sight with its reasons, and no seat speaks for another: nothing is decided until
the newest position of every seat agrees (GOV-11).
"""

from typing import Annotated

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.audit import fellow_chains
from services.casework.commands import Command, LongText, NeededWhen, ShortText, SignatureChoice
from services.casework.steps.sign_off.positions import Given, follow_position, keep_position
from services.casework.steps.sign_off.replacing_conditions import (
    authority_of_lead,
    must_be_of_named_lead,
    must_be_unresolved,
    must_stand,
    replaceable,
)
from services.casework.steps.sign_off.sign_off import READ_TO_SIGN, SIGN_ACTS, SIGNED_AT
from services.casework.steps.sign_off.sign_off_conditions import must_be_ready_to_sign
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.sign_off import Position
from services.domain.todos import Todo
from services.domain.workflow import must_stand_at


class ReplacePosition(Command):
    """The position of a partner's named lead, in place of their own delegate's (GOV-12).

    The replaced position stays on the face of the record, with its reasons. It speaks for its own
    seat alone: nothing is decided until every partner agrees (GOV-11).
    """

    signature: SignatureChoice = Field(title="Which position does the named lead replace?")
    position: Position = Field(title="What is the named lead's position?")
    reasons: LongText = Field(title="The named lead's reasons")
    named_lead: Annotated[
        ShortText | None, NeededWhen("unless you are the named lead yourself")
    ] = Field(
        default=None,
        title="Which named lead replaces it?",
        description="Their name and post. What you record here is that lead's position.",
    )


def replace_position(work: UnitOfWork, case_id: CaseId, command: ReplacePosition) -> Case:
    """Keep the lead's position in place of the delegate's, and do what follows from it."""
    case = begin(work, case_id, REPLACE_POSITION, command)
    before = must_stand(work, case, command.signature)
    act = SIGN_ACTS[before.matter]
    must_stand_at(case.stage, *act.stages, doing=act.doing)
    must_be_ready_to_sign(work, case, before.matter)
    must_be_unresolved(work, case, before.matter)
    named_lead = must_be_of_named_lead(work, case, before, command.named_lead)
    given = Given(
        matter=before.matter,
        section=act.section,
        round=before.round,
        party=before.party,
        by=authority_of_lead(work, before),
        position=command.position,
        reasons=command.reasons,
        replaces=before.id,
        named_lead=named_lead,
    )
    kept = keep_position(work, case, given)
    also = fellow_chains(work, case) if act.is_joint else ()
    entered = Entered(subject=given.subject, section=act.section, also=also)
    entry = record_entry_as(work, case, REPLACE_POSITION, command, entered)
    follow_position(work, case, entry, kept)
    return case


REPLACE_POSITION = Act(
    name="replace_position",
    command=ReplacePosition,
    which="signature",
    perform=replace_position,
    permission=Permission.REPLACE_POSITION,
    doing="replace a delegate's position",
    stages=SIGNED_AT,
    entry=EntryType.POSITION_REPLACED,
    todo=Todo.HEAR_NAMED_LEADS,
    shows=READ_TO_SIGN,
    is_offered=lambda work, case: any(True for _one in replaceable(work, case)),
    section=Section.CRITERIA_AND_DECISION,
)

"""Signatures between partnerships: ours are asked for by the lead, theirs arrive on our case.

Acts of Keyline itself, on our own rows, once the other side's act is kept.
"""

from datetime import date
from uuid import UUID

from pydantic import Field

from services.casework.act import Act, Entered, record_entry_as
from services.casework.commands import Command, part_of
from services.casework.effects import close_todos, drop_text_before_publication
from services.casework.joint.arrival import begin_arrival
from services.casework.steps.publication.beside_lead import TO_PUBLISH
from services.casework.steps.rounds.sign_off_rounds import (
    ask_no_more,
    ask_ours,
    ask_ours_again,
    round_of,
)
from services.casework.steps.sign_off.dissent_route import is_put_to_nobody, look_at_route
from services.casework.steps.sign_off.sign_off_outcomes import follow_signature
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.identifiers import CaseId
from services.domain.roles import Permission, Seat
from services.domain.sign_off import Position, SignOffMatter
from services.domain.workflow import Stage


class SignatureAsked(Command):
    """Which matter the lead has put to our parties, and in which round."""

    partnership: str = Field(title="Which partnership leads?")
    matter: SignOffMatter = Field(title="What is to be signed?")
    round: int = Field(title="In which round?")
    last_day: date | None = Field(default=None, title="By which day?")


class SignatureReceived(Command):
    """What a party of another partnership said of a matter, in its own words (GOV-11)."""

    partnership: str = Field(title="Which partnership?")
    seat: Seat = Field(title="For which seat?")
    person: str = Field(title="Who signed?")
    matter: SignOffMatter = Field(title="What was signed?")
    round: int = Field(title="In which round?")
    position: Position = Field(title="Its position")
    reasons: str = Field(title="Reasons or comments")
    named_lead: str = Field(default="", title="Named lead whose position it is")


class ReceiveSignature(SignatureReceived):
    """A signature of another partnership, by its id."""

    sign_off_id: UUID


def ask_for_signatures(work: UnitOfWork, case_id: CaseId, command: SignatureAsked) -> Case:
    """Ask each of our parties to sign what the lead has put to them.

    A second time nothing, unless the question was closed while it could not be read. What the lead
    puts to nobody any more is asked no more, nor is a round after which it has put another.
    """
    subject = f"{command.matter}:{command.round}"
    case, is_known = begin_arrival(work, case_id, ASK_FOR_SIGNATURES, subject)
    if is_put_to_nobody(work, case, command.matter):
        ask_no_more(work, case, command.matter)
    elif is_known and command.round < round_of(work, case, command.matter):
        return case
    elif not is_known:
        record_entry_as(work, case, ASK_FOR_SIGNATURES, command, Entered(subject=subject))
        if command.matter is SignOffMatter.PUBLICATION:
            # What was to be sent or published is put to all the partners once more.
            close_todos(work, case, *TO_PUBLISH)
            case.presented_on = None
            work.session.add(case)
            drop_text_before_publication(work, case)
        ask_ours(work, case, command.matter, command.round, last_day=command.last_day)
    else:
        ask_ours_again(work, case, command.matter, command.round, last_day=command.last_day)
        look_at_route(work, case, command.matter, last_day=command.last_day)
    return case


ASK_FOR_SIGNATURES = Act(
    name="ask_for_signatures",
    command=SignatureAsked,
    perform=ask_for_signatures,
    permission=Permission.CARRY_CASES,
    doing="ask for signatures",
    stages=frozenset(Stage),
    entry=EntryType.SIGNATURES_ASKED,
    is_listed=False,
    section=Section.INTERNAL,
)


def receive_signature(work: UnitOfWork, case_id: CaseId, command: ReceiveSignature) -> Case:
    """Keep a signature of another partnership, and do what it entails, once and in its round."""
    subject = str(command.sign_off_id)
    case, is_known = begin_arrival(work, case_id, RECEIVE_SIGNATURE, subject)
    if is_known:
        return case
    entered = Entered(subject=subject, kept=part_of(command, SignatureReceived))
    record_entry_as(work, case, RECEIVE_SIGNATURE, command, entered)
    if command.round == round_of(work, case, command.matter):
        follow_signature(work, case, command.matter, command.position)
    return case


RECEIVE_SIGNATURE = Act(
    name="receive_signature",
    command=ReceiveSignature,
    perform=receive_signature,
    permission=Permission.CARRY_CASES,
    doing="receive a signature",
    stages=frozenset(Stage),
    entry=EntryType.SIGNATURE_RECEIVED,
    kept=SignatureReceived,
    is_listed=False,
    section=Section.CRITERIA_AND_DECISION,
)

"""A referral that is a duplicate is taken in by the case that carries the incident, or given back.

Acts of Keyline itself on the carrying case, once the person's act on the other is kept. The first
referral anchors the local clocks, the earliest awareness that the authority has stated its own
(NOT-03, R), and the earlier of two notifications the rapid review's (K10). What stood before is
kept, so that a wrong join is undone (rules.md 2.2).
"""

from dataclasses import replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from services.casework.act import Act, Entered, record_entry_as
from services.casework.commands import Command, part_of
from services.casework.effects import Order
from services.casework.joint.arrival import begin_arrival
from services.casework.steps.anchors_moved import CaseAnchors, earliest, move_anchors
from services.database.cases import Case, get_case
from services.database.history import last_entry
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.workflow import Stage


class TakeInOrder(Order):
    """Take in a referral that was marked as a duplicate; ``entry_id`` is the entry that says so."""

    type: Literal["take_in_duplicate"] = "take_in_duplicate"
    duplicate_id: UUID
    entry_id: UUID


class GiveBackOrder(Order):
    """Give back what was taken in by that entry: it was another incident."""

    type: Literal["give_back_duplicate"] = "give_back_duplicate"
    duplicate_id: UUID
    entry_id: UUID


class DuplicateTakenIn(Command):
    """Which referral was taken in, and what the clocks counted from before and since."""

    reference: str = Field(title="Which case is its duplicate?")
    referred_before: datetime = Field(title="The referral was received, as this case had it")
    referred_at: datetime = Field(title="The first referral was received")
    aware_before: datetime | None = Field(
        default=None, title="The local authority was aware, as this case had it"
    )
    stated_before: bool = Field(title="Had the authority stated it?")
    aware_at: datetime | None = Field(default=None, title="The local authority was first aware")
    stated: bool = Field(title="Has the authority stated it?")
    notified_before: datetime | None = Field(
        default=None, title="The Panel was notified, as this case had it"
    )
    notified_at: datetime | None = Field(default=None, title="The Panel was first notified")
    notification: str | None = Field(default=None, title="Reference of the other notification")

    @property
    def before(self) -> CaseAnchors:
        """Return what the clocks counted from before."""
        return CaseAnchors(
            self.referred_before, self.aware_before, self.stated_before, self.notified_before
        )

    @property
    def since(self) -> CaseAnchors:
        """Return what they count from since."""
        return CaseAnchors(self.referred_at, self.aware_at, self.stated, self.notified_at)


class DuplicateGivenBack(Command):
    """Which referral is a case of its own again."""

    reference: str = Field(title="Which case is no duplicate?")


class TakeInDuplicate(Command):
    """A referral to take in, by its case and the entry that marks it."""

    duplicate_id: UUID
    entry_id: UUID


class GiveBackDuplicate(DuplicateGivenBack):
    """A referral to give back, by the entry that had marked it."""

    entry_id: UUID


def take_in_duplicate(work: UnitOfWork, case_id: CaseId, command: TakeInDuplicate) -> Case:
    """Let the earliest referral and the earliest stated awareness anchor this case's clocks."""
    subject = str(command.entry_id)
    case, is_known = begin_arrival(work, case_id, TAKE_IN_DUPLICATE, subject)
    if is_known:
        return case
    duplicate = get_case(work.session, CaseId(command.duplicate_id))
    before = CaseAnchors.of(case)
    since = _anchors_since(case, duplicate)
    notification = duplicate.notification_reference or None
    kept = DuplicateTakenIn(
        reference=duplicate.reference,
        notified_before=before.notified_at,
        notified_at=since.notified_at,
        notification=notification,
        referred_before=before.referred_at,
        referred_at=since.referred_at,
        aware_before=before.aware_at,
        stated_before=before.stated,
        aware_at=since.aware_at,
        stated=since.stated,
    )
    record_entry_as(work, case, TAKE_IN_DUPLICATE, command, Entered(subject=subject, kept=kept))
    move_anchors(work, case, since)
    if notification is not None:  # the papers for the Panel name both
        case.notification_reference = f"{case.notification_reference}; {notification}"
        work.session.add(case)
    return case


def _anchors_since(case: Case, duplicate: Case) -> CaseAnchors:
    """Return what the case counts from with its duplicate.

    A case that was reopened counts from what was new then, and so would its duplicate. The earlier
    of two notifications governs all the same (K10).
    """
    before = CaseAnchors.of(case)
    since = earliest(before, CaseAnchors.of(duplicate))
    if case.stage is Stage.CLOSED:
        return before
    if case.awareness > 1 or duplicate.awareness > 1:
        return replace(before, notified_at=since.notified_at)
    return since


TAKE_IN_DUPLICATE = Act(
    name="take_in_duplicate",
    command=TakeInDuplicate,
    perform=take_in_duplicate,
    permission=Permission.CARRY_CASES,
    doing="take in a duplicate",
    stages=frozenset(Stage),
    entry=EntryType.DUPLICATE_TAKEN_IN,
    kept=DuplicateTakenIn,
    is_listed=False,
    section=Section.INTERNAL,
)


def give_back_duplicate(work: UnitOfWork, case_id: CaseId, command: GiveBackDuplicate) -> Case:
    """Let the clocks count again from what they did before; what was corrected since stays."""
    subject = str(command.entry_id)
    case, is_known = begin_arrival(work, case_id, GIVE_BACK_DUPLICATE, subject)
    taken_in = last_entry(work.session, case.id, EntryType.DUPLICATE_TAKEN_IN, subject)
    if is_known or taken_in is None:
        return case
    kept = part_of(command, DuplicateGivenBack)
    record_entry_as(work, case, GIVE_BACK_DUPLICATE, command, Entered(subject=subject, kept=kept))
    told = DuplicateTakenIn.model_validate(taken_in.command)
    if told.notification is not None:
        named = _without(case.notification_reference, told.notification)
        case.notification_reference = named
        work.session.add(case)
    if CaseAnchors.of(case) == told.since and case.stage is not Stage.CLOSED:
        move_anchors(work, case, told.before)
    return case


def _without(named: str, given_back: str) -> str:
    """Return the references without those given back; the case's own comes first, and stays."""
    own, *others = named.split("; ")
    for reference in given_back.split("; "):
        if reference in others:
            others.remove(reference)
    return "; ".join((own, *others))


GIVE_BACK_DUPLICATE = Act(
    name="give_back_duplicate",
    command=GiveBackDuplicate,
    perform=give_back_duplicate,
    permission=Permission.CARRY_CASES,
    doing="give back a duplicate",
    stages=frozenset(Stage),
    entry=EntryType.DUPLICATE_GIVEN_BACK,
    kept=DuplicateGivenBack,
    is_listed=False,
    section=Section.INTERNAL,
)

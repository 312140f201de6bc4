"""What every act has in common: its record, its beginning, and its one entry in the history."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from services.casework.access.cases import case_in_reach, must_have_declared
from services.casework.asked_since import kept_content
from services.casework.audit import Also, fellow_chains, note_entry
from services.casework.commands import Command
from services.casework.form_keys import end_typing, form_digest, refuse_repeat
from services.database.cases import Case
from services.database.due_work import wake
from services.database.history import Entry, count, last_entry, said_for_review
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType, Section
from services.domain.errors import NeedsPerson, ProveAgain, StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.labels import label
from services.domain.roles import DECISIONS, Actor, Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage, must_stand_at

C = TypeVar("C", bound=Command)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Everything that is known of one act before it is done; pages, lists and tests read this.

    `command` is the form, the argument and what the entry holds (unless `kept` names another
    model). `shows` are the earlier entries that a person must see to do it. An act that is not
    listed is offered where its todo or its page is, and not among what else may be done.
    `section` and `holds_family_data` say of its entry what a joint review and a scrutineer see.
    `while_open` is the todo of others besides which alone it is listed; `is_offered` says of a case
    whether it is listed there at all.
    `which` is the question that says which of several things on the case the act is about: what is
    typed for each of them is kept apart.
    `is_submission` says that it records what a statute asks for, at which the audit is anchored.
    `is_joint` says that in a joint review it stands in the audit chains of all who take part.
    `by_system` says that a system may do it for itself by the API; every other act needs a person.
    """

    name: str
    command: type[Command]
    perform: Callable[..., Any]  # work, case id, command; what a referral opens has no id yet
    permission: Permission
    doing: str
    stages: frozenset[Stage]
    entry: EntryType
    which: str = ""
    other_entry: EntryType | None = None
    kept: type[Command] | None = None
    todo: Todo | None = None
    clock: ClockId | None = None
    shows: tuple[EntryType, ...] = ()
    is_listed: bool = True
    while_open: Todo | None = None
    is_offered: Callable[[UnitOfWork, Case], bool] | None = None
    opens_case: bool = False
    before_declaring: bool = False
    section: Section = Section.INTERNAL
    holds_family_data: bool = False
    is_submission: bool = False
    is_joint: bool = False
    by_system: bool = False

    @property
    def entries(self) -> tuple[EntryType, ...]:
        """Return the types of entry that the act may write."""
        return (self.entry,) if self.other_entry is None else (self.entry, self.other_entry)

    @property
    def decides(self) -> bool:
        """Tell whether the act is a decision, before which the actor shows that it is them."""
        return self.permission in DECISIONS

    @property
    def content(self) -> type[Command]:
        """Return the model of what the act's entry holds."""
        return self.kept or self.command


def must_need_no_person(actor: Actor, act: Act) -> None:
    """Refuse a system what the act's record leaves to a person, whatever the system's role may."""
    if actor.is_system and not act.by_system:
        raise NeedsPerson(act.doing)


def begin(work: UnitOfWork, case_id: CaseId, act: Act, command: Command) -> Case:
    """Return the case, locked for this act, if the actor may do it now and has not just done it.

    Raises NotPermitted (NeedsPerson to a system), NotFound (also for a case out of reach),
    DeclareFirst, StepNotOpen, AlreadyDone for the same form sent again, FormUsedOtherwise for its
    key with other words, ProveAgain for a decision of somebody whose last proof is too old.
    """
    work.actor.must(act.permission)
    must_need_no_person(work.actor, act)
    case = case_in_reach(work, case_id, for_change=True)
    must_have_declared(work, case, before_declaring=act.before_declaring or work.actor.is_system)
    refuse_repeat(work, act.name, command, case_id)
    must_stand_at(case.stage, *(one for one in Stage if one in act.stages), doing=act.doing)
    if work.proof_is_old and act.decides:
        raise ProveAgain
    return case


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What an entry says where it differs from the act's own record, and in which chains.

    ``names`` are kept with it where it must always call people and agencies as it does now.
    """

    subject: str = ""
    entry_type: EntryType | None = None
    kept: Command | None = None
    section: Section | None = None
    also: Also = ()
    names: Mapping[str, str] = field(default_factory=dict)


def record_entry(
    work: UnitOfWork, case: Case, act: Act, command: Command, subject: str = ""
) -> Entry:
    """Write the act's one entry, in the same transaction as what it records, and wake the flow."""
    return record_entry_as(work, case, act, command, Entered(subject=subject))


def record_entry_as(
    work: UnitOfWork, case: Case, act: Act, command: Command, entered: Entered
) -> Entry:
    """Write the act's one entry where it differs from the record in type, content or section.

    What its form's sender had typed before ends as a draft, in the same transaction.
    """
    case_id = None if act.opens_case else CaseId(case.id)
    entry = Entry(
        tenant_id=work.actor.partnership_id,
        case_id=case.id,
        number=count(work.session, case.id) + 1,
        act=act.name,
        entry_type=entered.entry_type or act.entry,
        subject=entered.subject,
        section=entered.section or act.section,
        command=kept_content(entered.kept or command),
        person_id=work.actor.person_id,
        role=work.actor.role,
        seat=work.actor.seat,
        authority=work.actor.authority,
        at=work.recorded_at or work.now,
        once=work.once,
        form_digest=form_digest(act.name, command, case_id) if work.once is not None else None,
        names=dict(entered.names),
    )
    work.session.add(entry)
    work.session.flush()
    also = entered.also or (fellow_chains(work, case) if act.is_joint else ())
    note_entry(work, entry, is_submission=act.is_submission, also=also)
    end_typing(work, act.name, case_id, _told_of(act, command, entered))
    wake(work, CaseId(case.id))
    return entry


def _told_of(act: Act, command: Command, entered: Entered) -> frozenset[str]:
    """Return what the act was about, as a draft of its form names it: by the form or the entry.

    Where the act says which of several things it is about, a draft that says none may be meant for
    another: it ends only with the form that saved it or was opened with it.
    """
    if not act.which:
        return frozenset({""})
    return frozenset({str(getattr(command, act.which)), entered.subject} - {""})


def latest_command(
    work: UnitOfWork, case: Case, entry_type: EntryType, kind: type[C], subject: str = ""
) -> C | None:
    """Return the newest command of this type of entry on the case, if there is one."""
    entry = last_entry(work.session, case.id, entry_type, subject)
    return None if entry is None else kind.model_validate(entry.command)


def must_come_after(work: UnitOfWork, case: Case, entry_type: EntryType) -> None:
    """Refuse an act before another that comes first, whether or not the actor reads that one.

    What was done before the case was reopened, or its notification withdrawn, was done for another
    review, and is to be done again.
    """
    if not said_for_review(work.session, case.id, entry_type):
        raise StepNotOpen(f"This comes after: {label(entry_type)}. Do that first.")

"""The personal data breaches of a case: what is on record of each, and since when the hours run.

They are counted from the entry that says so, by the hour, and stand in no list of the framework's
clocks: the law of data protection sets them (`domain/breaches.py`).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from pydantic import Field

from services.casework.commands import Command
from services.casework.effects import EmailContext, enqueue_email, open_todo
from services.database.cases import Case
from services.database.history import Entry, all_of, facts
from services.database.unit_of_work import UnitOfWork
from services.domain.breaches import report_by
from services.domain.dispatches import Notice
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType
from services.domain.errors import RuleBroken
from services.domain.labels import label
from services.domain.recipients import Recipient
from services.domain.todos import Todo
from services.domain.working_days import london_date

REPORTS: Final = (EntryType.BREACH_REPORTED, EntryType.BREACH_RECEIVED)


class BreachKept(Command):
    """What each side keeps of documents that went to the wrong person."""

    notice: Notice | None = Field(default=None, title="What went to the wrong person?")
    recipient: Recipient | None = Field(default=None, title="For whom was it meant?")
    agency: str = Field(default="", title="For which agency did the one-time address let in?")
    aware_at: datetime = Field(title="Since when are we aware of it?")
    report_by: datetime = Field(title="When do the 72 hours end?")
    people: tuple[str, ...] = Field(title="Which people are concerned?")

    @property
    def about(self) -> str:
        """Return what went to the wrong person, and for whom it was meant."""
        if self.notice is None or self.recipient is None:
            return f"a one-time address, meant for {self.agency}"
        return f"{label(self.notice)}, meant for {label(self.recipient)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """One breach on record: the entry that says so, and whether it was decided on."""

    entry: Entry
    kept: BreachKept
    is_decided: bool

    @property
    def id(self) -> UUID:
        """Return the id by which forms name it: that of its entry."""
        return self.entry.id


def breaches(work: UnitOfWork, case: Case) -> list[Breach]:
    """Return the breaches on the case's record, oldest first."""
    found = sorted(
        (one for kind in REPORTS for one in all_of(work.session, case.id, kind)),
        key=lambda one: one.number,
    )
    decided = {one.subject for one in facts(work.session, case.id, EntryType.BREACH_DECIDED)}
    return [_breach(one, is_decided=str(one.id) in decided) for one in found]


def undecided(work: UnitOfWork, case: Case) -> list[Breach]:
    """Return the breaches on which nothing was decided yet."""
    return [one for one in breaches(work, case) if not one.is_decided]


def must_be_decided(work: UnitOfWork, case: Case) -> None:
    """Refuse to close a case while the hours of a breach run."""
    if undecided(work, case):
        raise RuleBroken("Decide first on what went to the wrong person (UK GDPR, article 33).")


def begin_breach(work: UnitOfWork, case: Case, entry: Entry, aware_at: datetime) -> None:
    """Start the 72 hours: ask the manager to decide, and tell the data protection contact."""
    last = london_date(report_by(aware_at))
    open_todo(work, case, Todo.DECIDE_ON_BREACH, last_day=last, subject=str(entry.id))
    about = EmailContext(due=last, todo=Todo.DECIDE_ON_BREACH, part=str(entry.id))
    enqueue_email(work, case, EmailTrigger.BREACH_REPORTED, about)


def _breach(entry: Entry, *, is_decided: bool) -> Breach:
    told = entry.command
    kept = {name: told[name] for name in BreachKept.model_fields if name in told}
    return Breach(entry=entry, kept=BreachKept.model_validate(kept), is_decided=is_decided)

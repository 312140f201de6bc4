"""Whoever a case waits on is reminded: one, several or all at once, each by one email."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import AgencyChoice, Command, Kind, Rows
from services.casework.steps.scoping.owed_answers import to_be_reminded
from services.casework.steps.waited_for import WaitedFor, reminders_to, waited_for
from services.database.assignments import Assignment
from services.database.cases import Case
from services.database.outbox import add_emails
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission, Role, Seat
from services.domain.todos import Todo
from services.domain.workflow import Stage


class Remind(Command):
    """Who is reminded of what this case waits for. Each of them gets one email.

    Those who are late are ticked, but for who was written to about it within the last day.
    """

    waits_on: Annotated[tuple[UUID, ...], Kind.THINGS] = Field(title="Who is reminded?")


class ReminderSent(Command):
    """Of which step somebody was reminded, and who."""

    todo: Todo = Field(title="Of what?")
    role: Role = Field(title="Who, by role?")
    seat: Seat | None = Field(default=None, title="For which partner?")
    authority: str = Field(default="", title="Of which authority?")
    agency: AgencyChoice | None = Field(default=None, title="Which agency?")
    due: date | None = Field(default=None, title="By when?")


class RemindersSent(Command):
    """Everybody who was reminded at once, a row for each step."""

    reminded: Annotated[tuple[ReminderSent, ...], Rows(of="reminder")] = Field(
        title="Who was reminded of what?"
    )


def remind(work: UnitOfWork, case_id: CaseId, command: Remind) -> Case:
    """Remind those on whom the case waits and whom an email reaches (RR-40, P8).

    One entry names all of them; each gets one email, however many steps wait for them.
    """
    case = begin(work, case_id, REMIND, command)
    chosen = _chosen(work, case, command)
    owing = to_be_reminded(work, case)
    reminded = {one.asked[0].agency_id for one in chosen if one.is_of_return}
    for request in (one for one in owing if one.agency_id in reminded):
        request.times_chased += 1
        work.session.add(request)
    steps = [step for one in chosen for step in one.asked]
    kept = RemindersSent(reminded=tuple(map(_sent, steps)))
    entry = record_entry_as(work, case, REMIND, command, Entered(kept=kept))
    for one in chosen:
        add_emails(work.session, reminders_to(work, case, one.asked, owing, str(entry.number)))
    return case


def has_to_remind(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the case waits on anybody whom an email reaches."""
    return any(one.emails for one in waited_for(work, case))


REMIND = Act(
    name="remind",
    command=Remind,
    kept=RemindersSent,
    perform=remind,
    permission=Permission.REMIND,
    doing="remind anybody",
    stages=frozenset(Stage) - {Stage.CLOSED},
    entry=EntryType.REMINDED,
    is_offered=has_to_remind,
)


def _chosen(work: UnitOfWork, case: Case, command: Remind) -> list[WaitedFor]:
    known = {one.id: one for one in waited_for(work, case)}
    chosen = [known.get(one) for one in dict.fromkeys(command.waits_on)]
    found = [one for one in chosen if one is not None]
    if not found or len(found) < len(chosen):
        raise AnswerRefused(
            "waits_on", "What you ticked is no longer waited for. Look at who is left."
        )
    if not all(one.emails for one in found):
        raise AnswerRefused("waits_on", "No email reaches somebody whom you ticked. Leave them.")
    return found


def _sent(one: Assignment) -> ReminderSent:
    return ReminderSent(
        todo=one.todo,
        role=one.role,
        seat=one.seat,
        authority=one.authority,
        agency=one.agency_id,
        due=one.last_day,
    )

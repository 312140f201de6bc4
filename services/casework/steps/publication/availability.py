"""A published report is to be found at its address for a year, at each publisher's own (PUB-29).

One that is published without the partnership's name is so at the repository's address (PUB-27).

Keyline asks the address each day where the installation has a way out to the internet; else, and
where the address does not answer, a person looks and says what they found (K13).
"""

from datetime import date, datetime, time
from typing import Final

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry, record_entry_as
from services.casework.commands import Command, Day, LongText, ShortText
from services.casework.effects import EmailContext, close_todos, enqueue_email, open_todo
from services.database.cases import Case, get_case
from services.database.clocks import RunningClock, open_clock
from services.database.history import all_of, facts, last_fact
from services.database.unit_of_work import UnitOfWork
from services.domain.availability import is_doubtful
from services.domain.clocks.rules import ClockId
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.domain.working_days import LONDON

_CHANGED: Final = EntryType.ADDRESS_CHANGED
SAY_WHERE: Final = (
    EntryType.PUBLISHED,
    EntryType.AVAILABILITY_CONFIRMED,
    EntryType.REPORT_TAKEN_DOWN,
    EntryType.REPORT_REISSUED,
    EntryType.REPORT_REDACTED,
)


class ConfirmAvailable(Command):
    """That the published report can be opened at its address (PUB-29).

    Record it once you have opened it there. Where it cannot be opened, have it put back first.
    """

    looked_on: Day = Field(title="On which day did you open it there?")
    found: LongText = Field(title="How did you look, and what did you find?")
    address: ShortText | None = Field(
        default=None, title="If it has moved, or none is on record, what is its web address?"
    )


class AvailabilityNoted(Command):
    """What was found when the address was asked."""

    address: str = Field(title="At which web address?")
    answers: bool = Field(title="Did it answer?")


class NoteAvailability(AvailabilityNoted):
    """What became of one check of the address."""


def confirm_available(work: UnitOfWork, case_id: CaseId, command: ConfirmAvailable) -> Case:
    """Keep that a person opened the published report at its address, or at a new one."""
    case = begin(work, case_id, CONFIRM_AVAILABLE, command)
    clock = open_clock(work.session, case.id, ClockId.K13)
    if clock is None:
        raise RuleBroken("There is no published report to be kept available here (K13).")
    first = max(filter(None, (clock.anchored_on, clock.unseen_since)))
    if not first <= command.looked_on <= work.today:
        raise AnswerRefused(
            "looked_on", "Enter a day since it was published, or was not found, up to today."
        )
    if not (command.address or published_address(work, case)):
        raise AnswerRefused("address", "Enter the address at which the repository shows it.")
    if command.address and not command.address.startswith(("https://", "http://")):
        raise AnswerRefused("address", "Enter a web address that begins with https://")
    record_entry(work, case, CONFIRM_AVAILABLE, command)
    looked_at = _moment(work, command.looked_on)
    if clock.unseen_since is None and clock.seen_at is not None:
        looked_at = max(looked_at, clock.seen_at)  # an earlier look takes back no later one
    _seen(work, case, clock, looked_at)
    return case


CONFIRM_AVAILABLE = Act(
    name="confirm_available",
    command=ConfirmAvailable,
    perform=confirm_available,
    permission=Permission.PLAN_PUBLICATION,
    doing="confirm that the report is available",
    stages=frozenset(Stage),
    entry=EntryType.AVAILABILITY_CONFIRMED,
    todo=Todo.CONFIRM_AVAILABLE,
    clock=ClockId.K13,
    is_offered=lambda work, case: open_clock(work.session, case.id, ClockId.K13) is not None,
    is_listed=False,
    shows=(EntryType.PUBLISHED,),
    section=Section.PUBLICATION,
)


def note_availability(work: UnitOfWork, case_id: CaseId, command: NoteAvailability) -> Case:
    """Keep whether the address answered; one that is silent for a day has a person look (K13)."""
    work.actor.must(NOTE_AVAILABILITY.permission)
    case = get_case(work.session, case_id, for_change=True)
    clock = open_clock(work.session, case.id, ClockId.K13)
    if clock is None or published_address(work, case) != command.address:
        return case
    clock.asked_at = work.now
    work.session.add(clock)
    if command.answers:
        if clock.unseen_since is not None:
            entered = Entered(entry_type=EntryType.ADDRESS_ANSWERS)
            record_entry_as(work, case, NOTE_AVAILABILITY, command, entered)
        _seen(work, case, clock, work.now, looked_at=not does_file_differ(work, case))
        return case
    by_a_person = was_seen_by_a_person(work, case, clock)
    if clock.unseen_since is None and is_doubtful(clock.seen_at, work.now, by_a_person=by_a_person):
        record_entry(work, case, NOTE_AVAILABILITY, command)
        clock.unseen_since = work.today
        work.session.add(clock)
        ask_to_look(work, case, clock)
    return case


NOTE_AVAILABILITY = Act(
    name="note_availability",
    command=NoteAvailability,
    perform=note_availability,
    permission=Permission.CARRY_CASES,
    doing="note whether the report is available",
    stages=frozenset(Stage),
    entry=EntryType.ADDRESS_SILENT,
    other_entry=EntryType.ADDRESS_ANSWERS,
    kept=AvailabilityNoted,
    is_listed=False,
    section=Section.PUBLICATION,
)


def ask_to_look(work: UnitOfWork, case: Case, clock: RunningClock) -> None:
    """Ask the manager to look whether the report is there; communications is told as well."""
    open_todo(work, case, Todo.CONFIRM_AVAILABLE, last_day=work.today)
    part = f"{clock.id}:{work.today}"
    about = EmailContext(todo=Todo.CONFIRM_AVAILABLE, due=clock.due, part=part)
    enqueue_email(work, case, EmailTrigger.AVAILABILITY_DOUBTED, about)


def published_address(work: UnitOfWork, case: Case) -> str:
    """Return where what is public now is to be found, as the newest act on it says.

    That is the report, where it has moved to since, or what is in the place of one taken down.
    """
    told = all_of(work.session, case.id, *SAY_WHERE)
    addresses = [str(one.command["address"]) for one in told if one.command["address"]]
    return addresses[-1] if addresses else ""


def look_anew(work: UnitOfWork, case: Case) -> None:
    """Have it looked for anew, where its year runs: another address says where it is (K13)."""
    clock = open_clock(work.session, case.id, ClockId.K13)
    if clock is not None:
        clock.seen_at = clock.unseen_since = clock.asked_at = None
        work.session.add(clock)
    close_todos(work, case, Todo.CONFIRM_AVAILABLE)


def was_seen_by_a_person(work: UnitOfWork, case: Case, clock: RunningClock) -> bool:
    """Tell whether it was a person who last found the report, and no check since."""
    said = last_fact(work.session, case.id, EntryType.AVAILABILITY_CONFIRMED)
    return said is not None and clock.seen_at is not None and said.at >= clock.seen_at


def does_file_differ(work: UnitOfWork, case: Case) -> bool:
    """Tell whether another file was found at the address, and nobody has looked since."""
    said = facts(work.session, case.id, _CHANGED, EntryType.AVAILABILITY_CONFIRMED)
    return bool(said) and said[-1].entry_type is _CHANGED


def _seen(
    work: UnitOfWork, case: Case, clock: RunningClock, at: datetime, *, looked_at: bool = True
) -> None:
    clock.seen_at, clock.unseen_since = at, None
    work.session.add(clock)
    if looked_at:
        close_todos(work, case, Todo.CONFIRM_AVAILABLE)


def _moment(work: UnitOfWork, day: date) -> datetime:
    """Return when a person looked: of a day gone by no hour is known, and noon stands for it."""
    return work.now if day == work.today else datetime.combine(day, time(12, tzinfo=LONDON))

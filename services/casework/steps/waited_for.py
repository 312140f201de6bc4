"""On whom a case waits besides the actor, and the email by which each of them is reminded.

An agency is reminded of its return by the email of that; everybody else by one that names the step
and its day. Whoever is asked for several steps gets one email for all of them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from services.casework.access.parts import is_for, person_named
from services.casework.effects.email_recipients import EmailContext
from services.casework.effects.emails import copies_of_people, copies_to, row_for
from services.casework.steps.scoping.owed_answers import to_be_reminded
from services.casework.steps.scoping.turns_told import reminder_of
from services.database.agency_requests import AgencyRequest
from services.database.assignments import Assignment, open_assignments
from services.database.cases import Case
from services.database.outbox import OutboxEmail, posted_since
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailTrigger
from services.domain.parties import Party
from services.domain.recipients import Recipient
from services.domain.roles import Role
from services.domain.todos import Todo

LATELY: Final = timedelta(days=1)
_OF_RETURN: Final = frozenset({Todo.SUBMIT_RETURN, Todo.CONFIRM_RETURN})
_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitedFor:
    """Somebody on whom the case waits: for which steps, soonest first, and how they are reached.

    ``emails`` are those that a reminder would be, none of them posted; nobody is reached where
    there is none. ``written_at`` is when they were last written to about it within a day.
    """

    asked: tuple[Assignment, ...]
    emails: tuple[OutboxEmail, ...]
    written_at: datetime | None

    @property
    def id(self) -> UUID:
        """Return by which id a form names them: that of the soonest step."""
        return self.asked[0].id

    @property
    def last_day(self) -> date | None:
        """Return by when the soonest step is to be done."""
        return self.asked[0].last_day

    @property
    def is_of_return(self) -> bool:
        """Tell whether it is an agency that is waited for with its return."""
        return self.asked[0].todo in _OF_RETURN

    def is_late(self, today: date) -> bool:
        """Tell whether the day of the soonest step has passed."""
        return self.last_day is not None and self.last_day < today


def waited_for(
    work: UnitOfWork, case: Case, found: Iterable[Assignment] | None = None
) -> list[WaitedFor]:
    """Return on whom the case waits besides the actor, soonest first.

    ``found`` are the open assignments of the case, where they are read already.
    """
    every = open_assignments(work.session, case.id) if found is None else found
    grouped: dict[_Key, list[Assignment]] = {}
    for one in every:
        if not is_for(one, work.actor):
            grouped.setdefault(_whose(one), []).append(one)
    owing = to_be_reminded(work, case) if grouped else []
    posted = posted_since(work.session, case.id, work.now - LATELY) if grouped else []
    return [_waited(work, case, tuple(asked), owing, posted) for asked in grouped.values()]


def reminders_to(
    work: UnitOfWork,
    case: Case,
    asked: tuple[Assignment, ...],
    owing: Iterable[AgencyRequest],
    occasion: str,
) -> list[OutboxEmail]:
    """Return the emails that remind of these steps, to be posted; ``occasion`` tells them apart."""
    first = asked[0]
    request = next((one for one in owing if _is_of(first, one)), None)
    if request is not None:
        event, about = reminder_of(request, f":{occasion}")
        found = copies_to(work, case, event.sending.recipients, about)
    else:
        event, about = EmailTrigger.TODO_REMINDED, _about(work, asked, occasion)
        if person := person_named(first):
            found = copies_of_people(work, case, [UUID(person)])
        else:
            found = copies_to(work, case, [_recipient(first)], about)
    return [row_for(work, case, event, about, one) for one in found]


def _waited(
    work: UnitOfWork,
    case: Case,
    asked: tuple[Assignment, ...],
    owing: Iterable[AgencyRequest],
    posted: Iterable[OutboxEmail],
) -> WaitedFor:
    emails = tuple(reminders_to(work, case, asked, owing, "0"))
    return WaitedFor(
        asked=asked, emails=emails, written_at=max(_written(asked, emails, posted), default=None)
    )


def _whose(one: Assignment) -> _Key:
    """Return what tells apart those who are asked: a return is an email of its own."""
    of_return = one.todo.value if one.todo in _OF_RETURN else ""
    person = person_named(one)
    agency, seat = str(one.agency_id or ""), str(one.seat or "")
    return (one.role.value, seat, one.authority, agency, of_return, person)


def _is_of(asked: Assignment, request: AgencyRequest) -> bool:
    return asked.todo in _OF_RETURN and asked.agency_id == request.agency_id


def _about(work: UnitOfWork, asked: tuple[Assignment, ...], occasion: str) -> EmailContext:
    first = asked[0]
    return EmailContext(
        due=first.last_day,
        todo=first.todo if len(asked) == 1 else None,
        part=f"{first.id}:{occasion}",
        agency_id=first.agency_id,
        role=first.role,
        party=_party(work, first),
    )


def _party(work: UnitOfWork, one: Assignment) -> Party | None:
    its = (one.seat, one.authority)
    return next((p for p in work.partnership.parties if (p.seat, p.authority) == its), None)


def _recipient(one: Assignment) -> Recipient:
    is_reviewer = one.role is Role.LEAD_REVIEWER
    return Recipient.REVIEWER if is_reviewer else Recipient.DUTY_HOLDER


def _written(
    asked: tuple[Assignment, ...], emails: tuple[OutboxEmail, ...], posted: Iterable[OutboxEmail]
) -> Iterator[datetime]:
    """Yield when one of these addresses was written to about one of these steps."""
    todos, addresses = {one.todo.value for one in asked}, {one.address for one in emails}
    events = {one.event for one in emails} - {EmailTrigger.TODO_REMINDED}
    for one in posted:
        is_about = one.content.get("todo") in todos or one.event in events
        if one.address in addresses and is_about:
            yield one.posted_at

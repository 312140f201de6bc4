"""What affects casework now: what is stuck, by its cause, with what it keeps from happening."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func

from services.casework.engine.transactions import TransactionContext, acting
from services.casework.operations.troubles import counted
from services.casework.operations.waiting import WaitingEmail
from services.database import watch
from services.database.due_work import CLOCK, DueWork
from services.database.measures import ClocksMeasured
from services.database.outbox import NOT_HANDED_OVER, DeliveryStatus

A_DOCUMENT: Final = "document"


@dataclass(frozen=True, slots=True)
class Affecting:
    """One cause, what it keeps from happening, and for how many partnerships."""

    cause: str
    effect: str
    partnerships: int


@dataclass(frozen=True, slots=True)
class _Stuck:
    is_set_aside: bool
    error: str
    is_document: bool


@dataclass(slots=True)
class _Sum:
    pieces: int = 0
    cases: int = 0
    partnerships: int = 0


def affecting_now(
    context: TransactionContext, emails: Iterable[WaitingEmail], clocks: Iterable[ClocksMeasured]
) -> list[Affecting]:
    """Return what is stuck, what was set aside first."""
    return [*_of_work(context), *_of_emails(emails), *_of_clocks(clocks)]


def _of_work(context: TransactionContext) -> list[Affecting]:
    sums: defaultdict[_Stuck, _Sum] = defaultdict(_Sum)
    for partnership_id in watch.partnerships(context.engine):
        with acting(context, partnership_id) as work:
            for stuck, pieces, cases in _stuck_in(work.session):
                found = sums[stuck]
                found.pieces, found.cases = found.pieces + pieces, found.cases + cases
                found.partnerships += 1
    ordered = sorted(sums.items(), key=lambda pair: (not pair[0].is_set_aside, -pair[1].pieces))
    return [_told(stuck, found) for stuck, found in ordered]


def _stuck_in(session: Session) -> list[tuple[_Stuck, int, int]]:
    """Return the work that was set aside or failed and waits, by cause, with pieces and cases."""
    parked, is_document = (
        col(DueWork.parked_at).is_not(None),
        col(DueWork.payload)["type"].astext == A_DOCUMENT,
    )
    question = (
        select_columns(
            parked.label("parked"),
            col(DueWork.last_error).label("error"),
            is_document.label("is_document"),
            func.count().label("pieces"),
            func.count(col(DueWork.case_id).distinct()).label("cases"),
        )
        .where(
            col(DueWork.done_at).is_(None),
            parked | ((col(DueWork.last_error) != "") & (col(DueWork.not_before) > CLOCK)),
        )
        .group_by("parked", "error", "is_document")
    )
    return [
        (_Stuck(row.parked, row.error, row.is_document), row.pieces, row.cases)
        for row in session.execute(question)
    ]


def _told(stuck: _Stuck, found: _Sum) -> Affecting:
    error = stuck.error or "no error kept"
    cause = f"set aside after {error}" if stuck.is_set_aside else f"tried again later after {error}"
    what = ("document not made", "documents not made")
    if not stuck.is_document:
        what = ("piece of joint work not done", "pieces of joint work not done")
    effect = f"{counted(found.pieces, *what)} on {counted(found.cases, 'case')}"
    return Affecting(cause, effect, found.partnerships)


def _of_emails(emails: Iterable[WaitingEmail]) -> list[Affecting]:
    groups: defaultdict[tuple[bool, DeliveryStatus], list[WaitingEmail]] = defaultdict(list)
    for one in emails:
        groups[(one.is_dispatch, one.delivery)].append(one)
    found = []
    for (is_dispatch, delivery), some in sorted(groups.items(), reverse=True):
        of = "notice to a national body" if is_dispatch else "email"
        many = "notices to national bodies" if is_dispatch else "emails"
        number = counted(len(some), of, many)
        if delivery is DeliveryStatus.HELD:
            cause, effect = "nobody knows if it went", f"{number} may or may not have arrived"
        elif delivery in NOT_HANDED_OVER:
            cause, effect = "the database was restored", f"{number} held back until let go"
        else:
            cause, effect = "refused by the mail service", f"{number} not sent"
        partnerships = len({one.partnership_id for one in some})
        found.append(Affecting(cause, effect, partnerships))
    return found


def _of_clocks(clocks: Iterable[ClocksMeasured]) -> list[Affecting]:
    measured = list(clocks)
    late, unowned = sum(one.late for one in measured), sum(one.due_unowned for one in measured)
    found = []
    if late:
        where = sum(one.late > 0 for one in measured)
        effect = f"{counted(late, 'clock')} late"
        found.append(Affecting("the last day has passed", effect, where))
    if unowned:
        where = sum(one.due_unowned > 0 for one in measured)
        effect = f"{counted(unowned, 'clock')} at risk today or tomorrow"
        found.append(Affecting("nobody has what it waits for", effect, where))
    return found

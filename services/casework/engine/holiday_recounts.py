"""Open clocks are counted again when the bank holidays change: one case after another, everywhere.

Each partnership keeps by which calendar its clocks were counted last. A round that is cut short
begins again and finds what is left, since what a clock was counted by stands in its own account.
"""

import hashlib
import logging
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID

from services.casework.effects import recounts
from services.casework.engine.transactions import TransactionContext, as_keyline
from services.casework.steps.bank_holidays import CountAgain, count_again
from services.database import audit, sessions, watch
from services.database.bank_holidays import approved_holidays, calendar_in_force
from services.database.cases import cases_of
from services.database.clocks import RunningClock, open_clocks
from services.database.partnerships import lock_partnership
from services.database.unit_of_work import UnitOfWork
from services.domain.identifiers import CaseId, PartnershipId
from services.domain.working_days import Calendar

# An act that began before the approval may keep a clock after the first round: longer than a
# signed context lasts, and so longer than any transaction.
LOOKS_AGAIN_FOR: Final = timedelta(minutes=6)
MOST_A_ROUND: Final = 100  # of one partnership: between rounds emails leave
LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC)

_log = logging.getLogger("keyline.holidays")


def recount_all(context: TransactionContext) -> None:
    """Count again where the clocks were counted by other bank holidays than those in force.

    A partnership in which it fails is counted and does not stop the others.
    """
    with sessions.of_installation(context.engine) as session:
        digest = digest_of(calendar_in_force(session, context.calendar))
        newest = approved_holidays(session).newest_at
    after = newest + LOOKS_AGAIN_FOR if newest is not None else LONG_AGO
    for partnership_id in watch.partnerships_to_count(context.engine, digest, after):
        try:
            recount(context, partnership_id)
        except Exception as trouble:  # noqa: BLE001 - the round's one catch: counted, and on
            _log.error("Recount in %s failed: %s.", partnership_id, type(trouble).__name__)


def recount(
    context: TransactionContext, partnership_id: PartnershipId, at_most: int = MOST_A_ROUND
) -> None:
    """Count the open clocks of the partnership again by the bank holidays in force.

    Every case is a transaction of its own; the calendar is kept as counted by when all are done,
    here or in the next rounds.
    """
    with as_keyline(context, partnership_id) as work:
        digest, begun = digest_of(work.calendar), audit.clock(work.session)
        cases = _cases_to_count(work)
    counted = [_is_counted(context, partnership_id, case_id) for case_id in cases[:at_most]]
    if not all(counted) or len(cases) > at_most:
        return
    with as_keyline(context, partnership_id) as work:
        partnership = lock_partnership(work.session)
        partnership.counted_calendar, partnership.counted_at = digest, begun
        work.session.add(partnership)


def _is_counted(
    context: TransactionContext, partnership_id: PartnershipId, case_id: CaseId
) -> bool:
    """Count one case again; one that fails is tried in the next round, and stops no other."""
    try:
        with as_keyline(context, partnership_id) as work:
            count_again(work, case_id, CountAgain())
    except Exception as trouble:  # noqa: BLE001 - the same for one case
        _log.error("Recount of case %s failed: %s.", case_id, type(trouble).__name__)
        return False
    return True


def digest_of(calendar: Calendar) -> str:
    """Return what tells one calendar from another: its days, without their names."""
    days = "\n".join(day.isoformat() for day in calendar.bank_holidays)
    return hashlib.sha256(days.encode()).hexdigest()


def _cases_to_count(work: UnitOfWork) -> list[CaseId]:
    """Return the cases on which a clock counts otherwise now, by a look that locks none."""
    running: dict[UUID, list[RunningClock]] = defaultdict(list)
    for clock in open_clocks(work.session, due_by=date.max):
        running[clock.case_id].append(clock)
    cases = cases_of(work.session, set(running))
    return sorted(CaseId(id_) for id_, its in running.items() if recounts(work, cases[id_], its))

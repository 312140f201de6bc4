"""What the flow engine holds of cases that were disposed of: their runs go too.

A run holds ids, the names of steps and their states, and no word. It is looked for by the ledger,
again and again: what an engine holds that was away, or was put back from a backup of its own, goes
at the next look.
"""

from typing import Final

from services.casework.engine.transactions import TransactionContext, as_keyline
from services.database import disposals, ticks, watch
from services.domain.identifiers import CaseId
from services.orchestration import Flows

ROUND: Final = "disposed runs"
EVERY: Final = 600.0


def forget_in_turn(context: TransactionContext, flows: Flows) -> None:
    """Do so unless another process has begun to in the last minutes: one of them is enough."""
    if ticks.claim(context.engine, ROUND, EVERY):
        forget_disposed(context, flows)


def forget_disposed(context: TransactionContext, flows: Flows) -> int:
    """Delete the runs of every case that any partnership's ledger names; return how many.

    Raises PrefectUnavailable while the engine is away: it is tried again.
    """
    gone = 0
    for partnership_id in watch.partnerships(context.engine):
        with as_keyline(context, partnership_id) as work:
            ledger = disposals.disposals(work.session)
            cases = [CaseId(one.disposed_case) for one in ledger]
        gone += flows.forget(cases)
    return gone

"""What the flow engine holds of cases that were disposed of: their runs go too.

A run holds ids, the names of steps and their states, and no word. It is looked for by the ledger
until a look finds none: that is kept, and the engine is asked of this case no more. While the
engine is away nothing is kept, and it goes at the next look.
"""

from typing import Final

from services.casework.engine.transactions import TransactionContext, as_keyline
from services.database import ticks, watch
from services.database.disposals import runs_are_gone, with_runs_to_forget
from services.domain.identifiers import CaseId, PartnershipId
from services.orchestration import Flows

ROUND: Final = "disposed runs"
EVERY: Final = 600.0


def forget_in_turn(context: TransactionContext, flows: Flows) -> None:
    """Do so unless another process has begun to in the last minutes: one of them is enough."""
    if ticks.claim(context.engine, ROUND, EVERY):
        forget_disposed(context, flows)


def forget_disposed(context: TransactionContext, flows: Flows) -> int:
    """Delete the runs of each case in a ledger that may have some still; return how many.

    Raises PrefectUnavailable while the engine is away: it is tried again.
    """
    return sum(_forget(context, flows, one) for one in watch.partnerships(context.engine))


def _forget(context: TransactionContext, flows: Flows, partnership_id: PartnershipId) -> int:
    """Delete what is left of a partnership's; where nothing was, keep that it is gone."""
    with as_keyline(context, partnership_id) as work:
        asked = {one.id: CaseId(one.disposed_case) for one in with_runs_to_forget(work.session)}
    gone = flows.forget([*asked.values()]) if asked else 0
    if asked and not gone:
        with as_keyline(context, partnership_id) as work:
            runs_are_gone(work.session, asked, work.now)
    return gone

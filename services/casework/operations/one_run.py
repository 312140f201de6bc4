"""One run as operators see it: what is wrong of it, its steps, its rows, and what may be done.

A run is named by its case. Of the case's content nothing is read: orders and emails are told by
their codes, their errors by their kind, and clocks by what they are, not by how people call them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from services.casework.engine.progress import on_record_of_run
from services.casework.engine.transactions import TransactionContext, acting, translated
from services.casework.operations.operator_commands import RunCourse
from services.casework.operations.run_rows import RunRows, rows_of_run
from services.casework.operations.waiting import WaitingRun, any_runs
from services.casework.operations.watched import partnership_names
from services.database import watch
from services.database.console import Among
from services.domain import progress as way
from services.domain.errors import NotFound
from services.domain.identifiers import CaseId
from services.domain.run_troubles import RunTrouble
from services.domain.workflow import StepStanding


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSeen:
    """Everything of one run.

    ``led_by`` is the case that leads the joint review whose run carries this one; ``shared_with``
    names the partnerships that share it.
    """

    waiting: WaitingRun
    led_by: CaseId | None
    shared_with: Sequence[str]
    steps: Sequence[StepStanding]
    rows: RunRows

    @property
    def courses(self) -> tuple[RunCourse, ...]:
        """Return what an operator may have done about its machine work now."""
        run = self.waiting.run
        has_run = run.flow_run_id is not None
        offered = (
            (RunCourse.TAKE_UP, run.set_aside > 0),
            (RunCourse.TRY_NOW, run.put_off > 0),
            (RunCourse.RESUME, has_run),
            (RunCourse.BEGIN_ANEW, has_run),
        )
        return tuple(course for course, is_offered in offered if is_offered)

    @property
    def has_doubtful_emails(self) -> bool:
        """Tell whether an email of it waits for a person."""
        return RunTrouble.EMAILS in self.waiting.run.wrong


def run_seen(context: TransactionContext, case_id: CaseId) -> RunSeen:
    """Return what operators see of the run of a case; a case that is not there is not found."""
    waiting = next(iter(any_runs(context, Among(named=(case_id,))).items), None)
    if waiting is None:
        raise NotFound("There is no such run.")
    with translated():
        members = watch.members_of(context.engine, case_id)
    others = [one.partnership_id for one in members if one.case_id != case_id]
    known = partnership_names(context) if others else {}
    with acting(context, waiting.partnership_id) as work:
        rows = rows_of_run(work, case_id)
        work.session.expunge_all()  # they are read after the transaction, and stay as they are
    return RunSeen(
        waiting=waiting,
        led_by=members[0].case_id if members[0].case_id != case_id else None,
        shared_with=tuple(known[one] for one in others),
        steps=way.standings(on_record_of_run(context, members)),
        rows=rows,
    )

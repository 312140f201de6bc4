"""What starts when the local authority becomes aware (K1, K2, K3, K3b)."""

from services.casework.assigning import ask
from services.casework.timekeeping import start
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks import ClockId
from services.domain.todo import Todo


def start_notification_clocks(work: UnitOfWork, case: Case) -> None:
    """Start the local authority's clocks and ask it for what they are about.

    The death of a looked-after child is a duty of its own, to the Secretary of State and
    Ofsted, whether or not abuse is suspected (NOT-05); both duties may stand at once.
    """
    if case.abuse_suspected:
        notify = start(work, case, ClockId.K1)
        start(work, case, ClockId.K2)
        ask(work, case, Todo.DECIDE_TO_NOTIFY, last_day=notify.due)
    told = case.looked_after_notified_at is not None
    if case.is_looked_after_death and not told:
        death = start(work, case, ClockId.K3)
        ask(work, case, Todo.RECORD_LOOKED_AFTER_DEATH, last_day=death.due)
    elif case.is_care_leaver_death and not told:
        death = start(work, case, ClockId.K3B)
        ask(work, case, Todo.RECORD_LOOKED_AFTER_DEATH, last_day=death.due)

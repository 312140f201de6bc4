"""Acts beside whose form stands one thing alone, whoever the person is and whatever they read."""

from collections.abc import Callable, Mapping
from typing import Final

from services.casework.steps.attendance.record_agreement import ANSWER_RECORD
from services.casework.steps.embedding.briefing_receipts import CONFIRM_BRIEFING
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.web.timeline import Told
from services.web.view_models.briefing_given import briefing_to_give
from services.web.view_models.done_again import BESIDE_PROGRESS, to_do_again
from services.web.view_models.record import record_to_agree

BESIDE_ALONE: Final[Mapping[str, Callable[[UnitOfWork, Case], list[Told]]]] = {
    BESIDE_PROGRESS.name: to_do_again,
    ANSWER_RECORD.name: record_to_agree,
    CONFIRM_BRIEFING.name: briefing_to_give,
}
"""What stands there, by the name of the act."""

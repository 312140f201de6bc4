"""What follows when all partners agree to what was put to them of a published report (PUB-24)."""

from services.casework.act import latest_command
from services.casework.effects import ToSend, open_todo, order_dispatches, order_document
from services.casework.steps.after_publication.reissued_text import text_to_reissue
from services.casework.steps.after_publication.standing import waiting
from services.casework.steps.publication.after_said import ProposeReissue
from services.database.cases import Case
from services.database.history import newest_place
from services.database.unit_of_work import UnitOfWork
from services.domain.dispatches import Notice
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType
from services.domain.todos import Todo
from services.domain.workflow import Step


def follow_published(work: UnitOfWork, case: Case) -> None:
    """Have the manager take it down; or have its text sent again before it is published (K12).

    The file of the improvements that stand in its place is made, so that it is there (PUB-25).
    """
    put = waiting(work, case)
    if put is None:
        return
    place = newest_place(work.session, case.id)
    if put.entry_type is EntryType.TAKING_DOWN_PROPOSED:
        order_document(work, place, Step.PUBLISH, DocumentKind.IMPROVEMENTS_IN_PLACE)
        open_todo(work, case, Todo.TAKE_DOWN, last_day=work.today)
        return
    said = latest_command(work, case, EntryType.REISSUE_PROPOSED, ProposeReissue)
    day = said.publish_on if said is not None else None
    open_todo(work, case, Todo.REISSUE, last_day=day)
    asked = ToSend(Step.PUBLISH, Notice.REISSUE_PRE_SENT, day, files=(text_to_reissue(work, case),))
    order_dispatches(work, case, place, asked)

"""By which act a person adds a file: to the case, or to the return of their own agency."""

from services.casework.act import Act
from services.casework.alerts import raise_alert
from services.casework.steps.file_checks import UploadPlace, store_upload
from services.casework.steps.scoping.own_files import ADD_OWN_FILE
from services.casework.steps.uploads import ADD_FILE, AddFile, must_be_able_to_add
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.alerts import AlertCode
from services.domain.identifiers import CaseId, DocumentId
from services.domain.roles import Actor, Permission
from services.web.dependencies import Transactions


def adds_by(actor: Actor) -> Act:
    """Return the act: who keeps the documents of a case adds to it, others to their return."""
    return ADD_FILE if actor.may(Permission.KEEP_DOCUMENTS) else ADD_OWN_FILE


def adds_own(actor: Actor) -> bool:
    """Tell whether what the person adds belongs to the return of their agency."""
    return adds_by(actor) is ADD_OWN_FILE


def may_add(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the person may add a file to the case as it stands."""
    act = adds_by(work.actor)
    is_open = work.actor.may(act.permission) and case.stage in act.stages
    return is_open and (act.is_offered is None or act.is_offered(work, case))


def add_checked(
    transaction: Transactions,
    around: UploadPlace,
    case_id: CaseId,
    words: AddFile,
    file: tuple[str, bytes],
) -> DocumentId:
    """Add the file: asked first, checked and stored with no transaction open, then linked.

    Return by which id the case has it.
    """
    with transaction() as work:
        act = adds_by(work.actor)
        partnership_id = must_be_able_to_add(work, case_id, words, file[1], act)
    upload = store_upload(around, partnership_id, file)
    with transaction() as work:
        act.perform(work, case_id, words, upload)
    return upload.id


def alert_of_harm(transaction: Transactions, case_id: CaseId) -> None:
    """Alert the people of the case that the scan found something in a file that was sent."""
    with transaction() as work:
        raise_alert(work, AlertCode.HARMFUL_FILE, case_id)

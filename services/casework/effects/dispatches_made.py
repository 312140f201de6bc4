"""A dispatch goes on once all of its documents are made: to be read, to be sent, or on its way."""

from typing import Any
from uuid import UUID

from services.casework.effects.dispatches import ask_to_confirm, ask_to_send, enqueue_dispatch
from services.database.cases import Case
from services.database.dispatches import Dispatch
from services.database.documents import Document, get_document, version_of
from services.database.unit_of_work import UnitOfWork
from services.domain.dispatches import DispatchState, move_dispatch
from services.domain.documents import DocumentForm, DocumentKind
from services.domain.identifiers import DocumentId
from services.domain.ways import CLASSES, Way


def go_on_if_made(work: UnitOfWork, case: Case, dispatch: Dispatch) -> None:
    """Go on with a dispatch that waits for documents, unless one of them is still to be made.

    One that waits for none, because what it sends was made before, is not brought on by a document.
    """
    made = [_made(work, case, one) for one in dispatch.documents]
    found = [one for one in made if one is not None]
    if len(found) < len(made):
        return
    dispatch.documents = [
        {
            "kind": one.kind.value,
            "version": one.version,
            "id": str(one.id),
            "sha256": one.sha256,
        }
        for one in found
    ]
    work.session.add(dispatch)
    if dispatch.way is not Way.ATTACHED:
        dispatch.state = move_dispatch(dispatch.state, DispatchState.TO_SEND)
        ask_to_send(work, case, dispatch)
    elif CLASSES[dispatch.notice.rule.document_class].has_free_text:
        dispatch.state = move_dispatch(dispatch.state, DispatchState.TO_CONFIRM)
        ask_to_confirm(work, case, dispatch)
    else:
        enqueue_dispatch(work, case, dispatch)


def _made(work: UnitOfWork, case: Case, named: dict[str, Any]) -> Document | None:
    """Return a document of the dispatch, if it is made; a file that was kept before is there."""
    if "id" in named:
        return get_document(work.session, case.id, DocumentId(UUID(named["id"])))
    return version_of(
        work.session,
        case.id,
        kind=DocumentKind(named["kind"]),
        form=DocumentForm.PDF,
        version=named["version"],
    )

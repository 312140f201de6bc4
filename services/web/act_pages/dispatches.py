"""The pages on which documents to the national bodies are confirmed, sent by hand, or came back."""

from collections.abc import Iterable

from services.casework.steps import dispatch_reading, dispatches
from services.casework.steps.dispatch_choice import in_states, kept_files
from services.database.cases import Case
from services.database.dispatches import Dispatch, occasions_of
from services.database.unit_of_work import UnitOfWork
from services.domain.dispatches import DispatchState
from services.domain.documents import DocumentKind
from services.domain.labels import document_title, label
from services.domain.plain_text import capital
from services.web.act_pages.act_page import ActPage
from services.web.forms.fields import Choice, Options


def _to_confirm(work: UnitOfWork, case: Case) -> Options:
    """Offer what waits to be read, once for all its recipients."""
    found = occasions_of(in_states(work, case, {DispatchState.TO_CONFIRM}))
    return {"dispatch": tuple(_of_occasion(one) for one in found.values())}


def _to_send(work: UnitOfWork, case: Case) -> Options:
    """Offer what waits for a person, and the files that may show that it was sent."""
    states = (one for one in DispatchState if one.waits_for_a_person)
    waiting = (one for one in in_states(work, case, states) if not one.awaits_submission)
    return {"dispatch": _each(waiting), **evidence(work, case)}


def evidence(work: UnitOfWork, case: Case) -> Options:
    """Offer the files that may show that something was sent."""
    files = (Choice(str(one.id), one.shown_title) for one in kept_files(work, case))
    return {"evidence": tuple(files)}


def _sent(work: UnitOfWork, case: Case) -> Options:
    """Offer what is shown as sent."""
    states = (one for one in DispatchState if one.counts)
    return {"dispatch": _each(in_states(work, case, states))}


def _each(found: Iterable[Dispatch]) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            str(one.id),
            f"{capital(label(one.notice))}, to {label(one.recipient)}: {label(one.state)}",
            _documents(one),
        )
        for one in found
    )


def _of_occasion(found: list[Dispatch]) -> Choice:
    to = ", ".join(label(one.recipient) for one in found)
    return Choice(
        str(found[0].id), f"{capital(label(found[0].notice))}, to {to}", _documents(found[0])
    )


def _documents(dispatch: Dispatch) -> str:
    """Name the documents as the list of documents does, each with its SHA-256."""
    return "; ".join(
        f"{document_title(DocumentKind(one['kind']))}, version {one['version']}, "
        f"SHA-256 {one['sha256']}"
        for one in dispatch.documents
    )


PAGES = (
    ActPage(
        act=dispatch_reading.CONFIRM_DISPATCH,
        path="dispatches/confirm",
        title="Confirm what you have read, to be attached",
        button="Have it attached and sent",
        done="It is handed to the mail service. Whether it was accepted is shown below.",
        narrow=_to_confirm,
    ),
    ActPage(
        act=dispatches.SEND_BY_HAND,
        path="dispatches/by-hand",
        title="Record what you have sent by hand",
        button="Record it as sent",
        done="It is recorded as sent by hand.",
        narrow=_to_send,
    ),
    ActPage(
        act=dispatches.RECORD_RETURN,
        path="dispatches/returned",
        title="Record that a dispatch came back",
        button="Take it back",
        done="The dispatch is taken back, and what it met is open again.",
        narrow=_sent,
    ),
)

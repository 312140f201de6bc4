"""The pages on which documents to the national bodies are confirmed, sent by hand, or came back."""

from collections.abc import Iterable

from services.casework.effects import policy_of
from services.casework.steps.dispatches import (
    collections,
    dispatch_reading,
    dispatches,
    letter_correction,
)
from services.casework.steps.dispatches.dispatch_choice import in_states
from services.casework.steps.dispatches.letter_correction import letters_waiting
from services.database.cases import Case
from services.database.dispatches import Dispatch, occasions_of
from services.database.unit_of_work import UnitOfWork
from services.domain.dispatches import HAVE_AN_ADDRESS, TO_GIVE_AN_ADDRESS, UNDER_WAY, DispatchState
from services.domain.documents import DocumentKind
from services.domain.labels import document_title, label
from services.domain.plain_text import capital
from services.domain.ways import Way
from services.web.act_pages.act_page import ActPage, OneOf
from services.web.choices import files_added
from services.web.forms.fields import Choice, Options


def _to_confirm(work: UnitOfWork, case: Case) -> Options:
    """Offer what waits to be read, once for all its recipients."""
    found = occasions_of(in_states(work, case, {DispatchState.TO_CONFIRM}))
    return {"dispatch": tuple(of_occasion(one) for one in found.values())}


def _to_correct(work: UnitOfWork, case: Case) -> Options:
    """Offer the letters that wait, each once for all its recipients."""
    return {"dispatch": tuple(of_occasion(one) for one in letters_waiting(work, case))}


def _to_send(work: UnitOfWork, case: Case) -> Options:
    """Offer what waits for a person, and the files that may show that it was sent."""
    states = (one for one in DispatchState if one.waits_for_a_person)
    waiting = (one for one in in_states(work, case, states) if not one.awaits_submission)
    return {"dispatch": each_dispatch(waiting), **evidence(work, case)}


def evidence(work: UnitOfWork, case: Case) -> Options:
    """Offer the files that may show that something was sent."""
    return {"evidence": files_added(work, case)}


def _sent(work: UnitOfWork, case: Case) -> Options:
    """Offer what is shown as sent."""
    states = (one for one in DispatchState if one.counts)
    return {"dispatch": each_dispatch(in_states(work, case, states))}


def _to_collect(work: UnitOfWork, case: Case) -> Options:
    """Offer what waits, or failed, and may go by collection here."""
    policy = policy_of(case)
    waiting = (
        one
        for one in in_states(work, case, TO_GIVE_AN_ADDRESS)
        if not one.awaits_submission
        and Way.COLLECTION in policy.ways_of(one.notice.rule.document_class, one.recipient)
    )
    return {"dispatch": each_dispatch(waiting)}


def _with_address(work: UnitOfWork, case: Case) -> Options:
    """Offer what has a one-time address that opens, or will open, something."""
    found = (one for one in in_states(work, case, HAVE_AN_ADDRESS) if one.is_collected)
    return {"dispatch": each_dispatch(found)}


def _unopened(work: UnitOfWork, case: Case) -> Options:
    """Offer the addresses at which nothing was opened yet."""
    found = (one for one in in_states(work, case, UNDER_WAY) if one.is_collected)
    return {"dispatch": each_dispatch(found)}


def each_dispatch(found: Iterable[Dispatch]) -> tuple[Choice, ...]:
    """Return one choice for each dispatch: what, to whom, how it stands, which documents."""
    return tuple(
        Choice(
            str(one.id),
            f"{capital(label(one.notice))}, to {label(one.recipient)}: {label(one.state)}",
            _documents(one),
        )
        for one in found
    )


def of_occasion(found: list[Dispatch]) -> Choice:
    """Return one choice for all to whom the same documents wait to be sent."""
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
        act=letter_correction.CORRECT_LETTER,
        path="dispatches/words",
        title="Put the words of a letter right",
        button="Have it made again with these words",
        done="It is being made again. Read the new version before it is sent.",
        narrow=_to_correct,
        one_of=OneOf(
            question="dispatch",
            called="letter",
            named=letter_correction.letter_named,
            on_record=letter_correction.letter_on_record,
            key=letter_correction.letter_key,
        ),
    ),
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
    ActPage(
        act=collections.SEND_BY_COLLECTION,
        path="dispatches/collection",
        title="Send documents to be collected",
        button="Send the address",
        done="The address is on its way by email. Give the code by telephone.",
        narrow=_to_collect,
    ),
    ActPage(
        act=collections.GIVE_COLLECTION_CODE,
        path="dispatches/collection-code",
        title="Make the code for a collection",
        button="Make the code and show it once",
        done="A code was made. It is shown once: make another one if you did not note it.",
        narrow=_with_address,
        told_once="pages/collection_code.html",
    ),
    ActPage(
        act=collections.REVOKE_COLLECTION,
        path="dispatches/take-back",
        title="Take a one-time address back",
        button="Take the address back",
        done="The address opens nothing any more. Send the documents in another way.",
        narrow=_unopened,
    ),
)

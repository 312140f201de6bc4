"""The file that is published: approved, sent ahead and published as the same bytes.

Put forward to be checked (PUB-16), or Keyline's own, it goes to the three bodies with the text
(PUB-26). What is said to be published is compared with it by its SHA-256.
"""

from uuid import UUID

from services.casework.effects import ToSend
from services.casework.steps.anonymity.checks import put_forward
from services.casework.steps.kept_files import kept_files
from services.casework.steps.publication.own_file import kind_of, made_by, own_order
from services.database.cases import Case
from services.database.dispatches import dispatches
from services.database.documents import Document, get_document
from services.database.history import Entry, facts
from services.database.unit_of_work import UnitOfWork
from services.domain.dispatches import BEFORE_PUBLICATION, Notice
from services.domain.documents import DocumentKind
from services.domain.entry_types import THE_REPORT, EntryType
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.identifiers import DocumentId
from services.domain.workflow import Step


def file_laid_out(work: UnitOfWork, case: Case) -> Document | None:
    """Return the file that is put forward as what is published is laid out, if there is one.

    Raises RuleBroken for one from before the newest text of a report that is published.
    """
    chosen = put_forward(work, case)
    if chosen is None:
        return None
    put = facts(work.session, case.id, EntryType.REPORT_PUT_FORWARD)[-1]
    texts = facts(work.session, case.id, *THE_REPORT)
    if case.publishes and texts and texts[-1].number > put.number:
        raise RuleBroken(
            "The file that is put forward lays out a former text of the report. Put a file of the "
            "text as it is signed forward to be checked, or none (PUB-16, PUB-26)."
        )
    return get_document(work.session, case.id, DocumentId(chosen))


def to_send_ahead(work: UnitOfWork, case: Case) -> ToSend:
    """Return what goes to the three bodies: the text, and the file that is published (PUB-26).

    It is the file as which it is laid out; of what is laid out as none, Keyline's own (PUB-25).
    Raises RuleBroken for a file of a former text.
    """
    file = file_laid_out(work, case)
    notice = Notice.REPORT_PRE_SENT if case.publishes else Notice.IMPROVEMENTS_PRE_SENT
    own = () if file else (kind_of(case),)
    files = (file,) if file else ()
    return ToSend(Step.PUBLISH, notice, case.publish_on, files=files, also=own)


def file_published(work: UnitOfWork, case: Case, entry: Entry) -> Document | None:
    """Return the file that the entry says was published, if it was laid out as one of its own."""
    chosen = entry.command.get("file")
    return get_document(work.session, case.id, DocumentId(UUID(chosen))) if chosen else None


def must_be_the_file_sent(work: UnitOfWork, case: Case, published: UUID | None) -> None:
    """Refuse other bytes than those that were approved and sent to the three bodies (PUB-26).

    They are those of the file as which it was laid out, or of Keyline's own, by their SHA-256.
    """
    chosen = file_laid_out(work, case)
    if published is not None:
        own = own_order(work, case)
        file = chosen or (made_by(work, case, own) if own is not None else None)
        _must_be_its_bytes(work, case, published, file)
    elif chosen is not None:
        raise AnswerRefused(
            "file",
            "The report was laid out as a file that was sent ahead. Choose the file that is "
            "published, so that it is compared with that one (PUB-26).",
        )
    sent = _sent_ahead(work, case)
    if chosen is not None and chosen.sha256 not in sent.values():
        raise RuleBroken(
            "The file that is put forward was not sent to the Panel, Ofsted and the Secretary of "
            "State. Make the text ready to be sent again, with it (PUB-26, K12)."
        )
    if chosen is None and DocumentKind.UPLOAD in sent:
        raise RuleBroken(
            "The text went to the Panel, Ofsted and the Secretary of State as a file that is put "
            "forward no more. Make the text ready to be sent again (PUB-26, K12)."
        )


def _must_be_its_bytes(
    work: UnitOfWork, case: Case, published: UUID, file: Document | None
) -> None:
    if file is None:
        raise AnswerRefused(
            "file",
            "No file was put forward and sent ahead, so that there is none to compare it with. "
            "Leave this open: what is published is the text that was sent.",
        )
    if published not in {one.id for one in kept_files(work, case)}:
        raise AnswerRefused("file", "Choose one of the files that were added to this case.")
    if get_document(work.session, case.id, DocumentId(published)).sha256 != file.sha256:
        raise AnswerRefused(
            "file",
            "This is not the file that was approved and sent ahead: its bytes differ. Publish that "
            "one; or put this one forward, have it checked and send it again (PUB-26, K12).",
        )


def _sent_ahead(work: UnitOfWork, case: Case) -> dict[DocumentKind, str]:
    """Return the digest of each document that was sent with the text as it was made ready last."""
    ready = facts(work.session, case.id, EntryType.PRE_SENT)
    return {
        DocumentKind(document["kind"]): document["sha256"]
        for one in dispatches(work.session, case.id)
        if one.notice in BEFORE_PUBLICATION and ready and one.part == str(ready[-1].number)
        for document in one.documents
        if one.state.counts
    }

"""The file as which a report is laid out: approved, sent ahead and published as the same bytes.

It is put forward to be checked (PUB-16), goes to the three bodies with the text (PUB-26), and what
is said to be published is compared with it by its SHA-256.
"""

from uuid import UUID

from services.casework.steps.anonymity.checks import put_forward
from services.casework.steps.kept_files import kept_files
from services.database.cases import Case
from services.database.dispatches import dispatches
from services.database.documents import Document, get_document
from services.database.history import Entry, facts
from services.database.unit_of_work import UnitOfWork
from services.domain.dispatches import BEFORE_PUBLICATION
from services.domain.entry_types import THE_REPORT, EntryType
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.identifiers import DocumentId


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


def file_published(work: UnitOfWork, case: Case, entry: Entry) -> Document | None:
    """Return the file that the entry says was published, if it was laid out as one of its own."""
    chosen = entry.command.get("file")
    return get_document(work.session, case.id, DocumentId(UUID(chosen))) if chosen else None


def must_be_the_file_sent(work: UnitOfWork, case: Case, published: UUID | None) -> None:
    """Refuse other bytes than those of the file as which it was laid out (PUB-26).

    They are those that were approved and sent to the three bodies, proven by their SHA-256.
    """
    file = file_laid_out(work, case)
    if file is None:
        if published is not None:
            raise AnswerRefused(
                "file",
                "No file was put forward and sent ahead, so that there is none to compare it with. "
                "Leave this open: what is published is the text that was sent.",
            )
        return
    if published is None:
        raise AnswerRefused(
            "file",
            "The report was laid out as a file that was sent ahead. Choose the file that is "
            "published, so that it is compared with that one (PUB-26).",
        )
    if published not in {one.id for one in kept_files(work, case)}:
        raise AnswerRefused("file", "Choose one of the files that were added to this case.")
    if get_document(work.session, case.id, DocumentId(published)).sha256 != file.sha256:
        raise AnswerRefused(
            "file",
            "This is not the file that was approved and sent ahead: its bytes differ. Publish that "
            "one; or put this one forward, have it checked and send it again (PUB-26, K12).",
        )
    if file.sha256 not in _sent_ahead(work, case):
        raise RuleBroken(
            "The file that is put forward was not sent to the Panel, Ofsted and the Secretary of "
            "State. Make the text ready to be sent again, with it (PUB-26, K12)."
        )


def _sent_ahead(work: UnitOfWork, case: Case) -> set[str]:
    """Return the digests of what was sent with the text as it was made ready last."""
    ready = facts(work.session, case.id, EntryType.PRE_SENT)
    return {
        document["sha256"]
        for one in dispatches(work.session, case.id)
        if one.notice in BEFORE_PUBLICATION and ready and one.part == str(ready[-1].number)
        for document in one.documents
        if one.state.counts
    }

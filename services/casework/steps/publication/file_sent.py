"""Keyline's own file of the report: made when the text goes ahead, and published as those bytes.

It has no day of publication in it, so that nothing of it changes on that day (PUB-26).
"""

from services.casework.steps.rounds.report_signed import changes_agreed
from services.database import due_work
from services.database.cases import Case
from services.database.documents import Document, version_of
from services.database.history import facts
from services.database.joint_reviews import filed_words
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentForm, DocumentKind
from services.domain.entry_types import EntryType
from services.domain.identifiers import CaseId
from services.domain.sign_off import SignOffMatter


def file_sent(work: UnitOfWork, case: Case) -> Document | None:
    """Return the file that went ahead with the text as it was made ready last; None for none.

    There is none where the report was laid out as a file of its own, where it went ahead before a
    file went with it, or where a correction of form was signed since: then it is made anew.
    """
    ready = facts(work.session, case.id, EntryType.PRE_SENT)
    if not ready or not case.publishes or was_corrected_since(work, case):
        return None
    return file_made_with(work, case, ready[-1].number)


def was_corrected_since(work: UnitOfWork, case: Case) -> bool:
    """Tell whether another text was signed since ours was made ready to be sent (PUB-02).

    Who publishes beside the partnership that leads has those words filed, on its own case.
    """
    ready = facts(work.session, case.id, EntryType.PRE_SENT)
    if not ready:
        return False
    if any(one.at > ready[-1].at for one in changes_agreed(work, case)):
        return True
    filed = filed_words(work.session, case.id, SignOffMatter.REPORT)
    before = [one for one in filed if one.filed_at <= ready[-1].at]
    return bool(before) and filed[-1].sha256 != before[-1].sha256


def file_made_with(work: UnitOfWork, case: Case, number: int) -> Document | None:
    """Return the report as Keyline's own file that was ordered by this entry, once it is made."""
    kind = DocumentKind.PUBLISHED_REPORT
    asked = {"type": "document", "kind": kind.value, "as_of_entry": number}
    for order in due_work.orders(work, CaseId(case.id), asked):
        version = order["version"]
        return version_of(work.session, case.id, kind=kind, form=DocumentForm.PDF, version=version)
    return None

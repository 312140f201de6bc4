"""Keyline's own file of what is published: made when the text goes ahead, published as those bytes.

It has no day of publication in it, so that nothing of it changes on that day (PUB-26). A correction
of form has it made anew, once every partner has signed that.
"""

from collections.abc import Mapping
from datetime import datetime
from itertools import pairwise
from typing import Any

from services.casework.effects import order_document
from services.casework.steps.rounds.report_signed import changes_agreed
from services.database import due_work
from services.database.cases import Case
from services.database.documents import Document, version_of
from services.database.history import Entry, facts, newest_place
from services.database.joint_reviews import filed_words
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentForm, DocumentKind
from services.domain.entry_types import EntryType
from services.domain.identifiers import CaseId
from services.domain.sign_off import SignOffMatter
from services.domain.workflow import Step


def kind_of(case: Case) -> DocumentKind:
    """Return what is published: the report, or the information about improvements (PUB-25)."""
    is_report = bool(case.publishes)
    return DocumentKind.PUBLISHED_REPORT if is_report else DocumentKind.IMPROVEMENT_INFORMATION


def own_order(work: UnitOfWork, case: Case) -> Mapping[str, Any] | None:
    """Return the order of the file that is published: as it went ahead, or made anew since.

    There is none where it is laid out as a file of its own, or where the text went ahead before a
    file went with it.
    """
    order = _ordered_ahead(work, case)
    return order if order is not None and not _is_of_former_text(work, case, order) else None


def make_anew_if_corrected(work: UnitOfWork, case: Case) -> None:
    """Have the file made anew where a correction of form was signed since it was made (PUB-02)."""
    order = _ordered_ahead(work, case)
    if order is not None and _is_of_former_text(work, case, order):
        place = newest_place(work.session, case.id)
        order_document(work, place, Step.PUBLISH, kind_of(case))


def keep_published(work: UnitOfWork, case: Case, entry: Entry) -> None:
    """Have the file made with the record of publication where none was ordered before it."""
    if own_order(work, case) is None:
        order_document(work, entry, Step.PUBLISH, kind_of(case))


def was_corrected(work: UnitOfWork, case: Case) -> bool:
    """Tell whether Keyline's own file is not the one that went ahead: its text was corrected."""
    return _ordered_ahead(work, case) is not None and _corrected_at(work, case) is not None


def newest_order(
    work: UnitOfWork, case: Case, kind: DocumentKind, *, since: int, until: int | None = None
) -> Mapping[str, Any] | None:
    """Return the newest order of this kind of file as of an entry from the one to the other."""
    asked = {"type": "document", "kind": kind.value}
    found = [
        one
        for one in due_work.orders(work, CaseId(case.id), asked)
        if since <= one["as_of_entry"] and (until is None or one["as_of_entry"] <= until)
    ]
    return max(found, key=lambda one: int(one["version"]), default=None)


def made_by(work: UnitOfWork, case: Case, order: Mapping[str, Any]) -> Document | None:
    """Return the file of an order, once it is made."""
    kind, version = DocumentKind(order["kind"]), order["version"]
    return version_of(work.session, case.id, kind=kind, form=DocumentForm.PDF, version=version)


def made_before(work: UnitOfWork, case: Case, kind: DocumentKind, entry: Entry) -> Document | None:
    """Return the file that was there before the entry, and which it says is public now.

    What was made with the entry itself was public before it was made: as other bytes.
    """
    order = newest_order(work, case, kind, since=0, until=entry.number)
    if order is None or order["as_of_entry"] == entry.number:
        return None
    return made_by(work, case, order)


def _ordered_ahead(work: UnitOfWork, case: Case) -> Mapping[str, Any] | None:
    """Return the newest order of the file since the text was made ready last, if there is one."""
    ready = facts(work.session, case.id, EntryType.PRE_SENT)
    return newest_order(work, case, kind_of(case), since=ready[-1].number) if ready else None


def _is_of_former_text(work: UnitOfWork, case: Case, order: Mapping[str, Any]) -> bool:
    """Tell whether another text was signed since the file was ordered."""
    corrected = _corrected_at(work, case)
    said = facts(work.session, case.id)
    (as_of,) = [one.at for one in said if one.number == order["as_of_entry"]]
    return corrected is not None and as_of < corrected


def _corrected_at(work: UnitOfWork, case: Case) -> datetime | None:
    """Return when the newest text was put that was signed since ours was made ready (PUB-02).

    Who publishes beside the partnership that leads has those words filed, on its own case.
    """
    ready = facts(work.session, case.id, EntryType.PRE_SENT)
    if not ready or not case.publishes:
        return None
    signed = [one.at for one in changes_agreed(work, case)]
    filed = pairwise(filed_words(work.session, case.id, SignOffMatter.REPORT))
    signed += [now.filed_at for before, now in filed if now.sha256 != before.sha256]
    return max((at for at in signed if at > ready[-1].at), default=None)

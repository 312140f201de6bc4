"""A report is checked by Keyline itself, with no transaction open while a file is read (PUB-16)."""

from collections.abc import Iterator
from functools import partial
from typing import Final

from services.casework.access.documents import object_name
from services.casework.engine.known_beside import known_beside_fellows
from services.casework.job_context import JobContext, JobHandlers, Link
from services.casework.steps.anonymity.checks import AnonymityOrder, justified, put_forward
from services.casework.steps.anonymity.report_said import NoteAnonymity, ReportHit
from services.casework.steps.known_of_case import known_of_report
from services.casework.steps.publication.report_text import PartOfReport, parts_of_report
from services.casework.steps.report_checked import note_anonymity
from services.database.cases import get_case
from services.database.documents import Document, get_document
from services.database.history import count
from services.database.unit_of_work import UnitOfWork
from services.domain.anonymity.checking import Hit, ReportChecker
from services.domain.anonymity.known import Passage
from services.domain.identifiers import CaseId, DocumentId
from services.storage.downloads import fetch
from services.storage.reading_reports import passages_of

MOST_LISTED: Final = 300


def check_report_of(context: JobContext, _order: AnonymityOrder) -> Link:
    """Compare the report as it stands now with all that is known of the case.

    What stays with a reason is listed last: of more hits than are listed, the next come up.
    """
    with context.transaction() as work:
        case = get_case(work.session, context.case_id)
        as_of, version = count(work.session, case.id), case.report_version
        known, parts = known_of_report(work, case), [*parts_of_report(work, case)]
        chosen, stays = put_forward(work, case), justified(work, case)
        file = get_document(work.session, case.id, DocumentId(chosen)) if chosen else None
        work.session.expunge_all()
    if file is not None:
        parts.append(_read(context, file))
    hits = [*_hits(ReportChecker(known_beside_fellows(context, known)), parts)]
    listed = sorted(hits, key=lambda one: (one.id in stays, not one.kind.is_waited_for))
    left = sum(one.kind.is_waited_for and one.id not in stays for one in listed[MOST_LISTED:])
    found = NoteAnonymity(
        version=version,
        file=file.shown_title if file else None,
        file_sha256=file.sha256 if file else None,
        certain=sum(one.kind.is_waited_for for one in hits),
        possible=sum(not one.kind.is_waited_for for one in hits),
        hits=tuple(
            ReportHit(place=one.place, kind=one.kind, words=one.words, id=one.id)
            for one in listed[:MOST_LISTED]
        ),
        not_listed=left,
        as_of=as_of,
    )
    return partial(_link, context.case_id, found)


def _hits(checker: ReportChecker, parts: list[PartOfReport]) -> Iterator[Hit]:
    for part in parts:
        yield from checker.hits(part.passages, part.sha256)


def _read(context: JobContext, file: Document) -> PartOfReport:
    """Return what the file says: its name, and all that stands in it."""
    name = Passage("name of the file", file.filename)
    with fetch(context.store, object_name(file), file.sha256, file.version_id) as stored:
        said = (name, *passages_of(file.form, stored.read()))
    return PartOfReport(said, file.sha256)


def _link(case_id: CaseId, found: NoteAnonymity, work: UnitOfWork) -> None:
    note_anonymity(work, case_id, found)


CHECKING: Final[JobHandlers] = {AnonymityOrder: check_report_of}

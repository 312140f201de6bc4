"""A whole partnership as it leaves: its rows, its documents, its chain, and who asked for it.

Somebody of the partnership who answers for its information asks for it, and a platform
administrator carries it out; both stand in its chain before the first row is read. All is read as
Keyline itself, so nothing is hidden from it that a police mark or a conflict hides from a person.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import Final, Protocol
from uuid import UUID

from services.casework.access.documents import object_name
from services.casework.audit import note_administration
from services.casework.engine.audit_checks import stored_anchors
from services.casework.engine.transactions import TransactionContext, acting, translated
from services.database import audit
from services.database.exporting import rows_as_json
from services.database.stored_files import StoredRow, every_file, is_refused
from services.database.unit_of_work import unit_of_work
from services.domain.audit import AdministrativeEvent
from services.domain.errors import NotPermitted
from services.domain.identifiers import PartnershipId
from services.domain.roles import Actor, Permission
from services.storage import ObjectName, Store
from services.storage.downloads import fetch

LONGEST_ENDING: Final = 8


class ExportContext(TransactionContext, Protocol):
    """What an export needs besides the record: where the documents lie."""

    @property
    def store(self) -> Store: ...  # noqa: D102 - named for what it is


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedDocument:
    """One file of an export, a document or a template: where it lies, and how it is named there."""

    id: UUID
    file_name: str
    sha256: str
    version_id: str | None
    stored: ObjectName
    is_refused: bool


def begin_export(context: ExportContext, asked_by: Actor, carried_by: Actor) -> str:
    """Put on record that the partnership is exported, before anything of it is read.

    ``asked_by`` is the person of the partnership who answers for its information, ``carried_by`` a
    platform administrator. Returns the partnership's name.
    """
    carried_by.must(Permission.ADMINISTER_PLATFORM)
    asked_by.must(Permission.EXPORT_PARTNERSHIP)
    if asked_by.person_id == carried_by.person_id:
        raise NotPermitted("Another person asks for an export than carries it out.")
    _note(context, asked_by, AdministrativeEvent.EXPORT_BEGUN, {"whom": str(carried_by.person_id)})
    with acting(context, asked_by.partnership_id) as work:
        return work.partnership.name


def end_export(context: ExportContext, asked_by: Actor, manifest_sha256: str) -> None:
    """Put on record that an export is whole, by the digest of its manifest."""
    asked_by.must(Permission.EXPORT_PARTNERSHIP)
    _note(context, asked_by, AdministrativeEvent.EXPORT_ENDED, {"digest": manifest_sha256})


def chain_head(context: ExportContext, partnership_id: PartnershipId) -> int:
    """Return the number of the newest link: while it stays the same, no act has been done."""
    with acting(context, partnership_id) as work:
        return audit.head(work.session).seq


def table_lines(context: ExportContext, partnership_id: PartnershipId, table: str) -> Iterator[str]:
    """Yield the partnership's rows of one table as JSON lines."""
    with acting(context, partnership_id) as work:
        yield from rows_as_json(work.session, table, partnership_id)


def chain_lines(context: ExportContext, partnership_id: PartnershipId) -> Iterator[str]:
    """Yield the whole chain with its anchors in the store, as `audit_verifier.py` reads it."""
    anchors = list(stored_anchors(context.store, partnership_id))
    with acting(context, partnership_id) as work:
        last, head = audit.last_number(work.session), audit.head(work.session)
        yield _line({"export": {"partnership": str(partnership_id), "case": None, **vars(head)}})
        for link in audit.all_links(work.session, up_to=max(last, head.seq)):
            yield _line(vars(link))
    for anchor in anchors:
        yield _line({"anchor": vars(anchor)})


def exported_documents(
    context: ExportContext, partnership_id: PartnershipId
) -> list[ExportedDocument]:
    """Return every document of the partnership by its id, and behind them its own templates."""
    with acting(context, partnership_id) as work:
        return list(map(_exported, every_file(work.session, partnership_id)))


def document_bytes(context: ExportContext, one: ExportedDocument) -> SpooledTemporaryFile[bytes]:
    """Return the document opened, once its SHA-256 is proven; no transaction is open meanwhile."""
    return fetch(context.store, one.stored, one.sha256, one.version_id)


def _exported(document: StoredRow) -> ExportedDocument:
    ending = document.filename.rpartition(".")[2]
    is_short = ending.isascii() and ending.isalnum() and len(ending) <= LONGEST_ENDING
    return ExportedDocument(
        id=document.id,
        file_name=f"{document.id}.{ending.lower()}" if is_short else str(document.id),
        sha256=document.sha256,
        version_id=document.version_id,
        stored=object_name(document),
        is_refused=is_refused(document),
    )


def _note(
    context: ExportContext, actor: Actor, event: AdministrativeEvent, told: dict[str, str]
) -> None:
    now = context.now()
    with translated(), unit_of_work(context.engine, actor, now, context.calendar) as work:
        note_administration(work, event, told)


def _line(told: dict[str, object]) -> str:
    return json.dumps(told, sort_keys=True) + "\n"

"""A partnership written into a folder: JSON lines, documents, chain, manifest and the verifier.

The folder is for its owner alone. A run that was cut is taken up by the next one: a document that
lies there whole is not fetched again. The manifest is written last: an export without one is none.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from deployments import VERSION
from services.casework.administration.export import (
    ExportContext,
    ExportedDocument,
    begin_export,
    chain_head,
    chain_lines,
    document_bytes,
    end_export,
    exported_documents,
    table_lines,
)
from services.casework.named_person import (
    NamedPerson,
    actor_named,
    platform_administrator_named,
)
from services.database.exporting import LEFT_OUT, exported
from services.domain import audit_verifier, export_verifier
from services.domain.errors import RuleBroken
from services.domain.export_verifier import CHAIN, MANIFEST, sha256_of
from services.domain.identifiers import PartnershipId
from services.domain.roles import Actor, Permission

FORMAT: Final = "keyline-export-1"
TABLES, DOCUMENTS, VERIFY = "tables", "documents", "verify.py"
TRIES: Final = 5
GOES_ON: Final = (
    "Acts go on while the rows are read, so they do not stand for one moment. Export it again when "
    "nobody works, or pause the partnership first."
)


@dataclass
class WrittenExport:
    """What an export has written, each file with its SHA-256, and which documents it left out.

    ``up_to`` is the number of the link of the chain up to which it reaches.
    """

    folder: Path
    files: dict[str, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    up_to: int = 0

    def put(self, name: str, lines: Iterable[str]) -> None:
        """Write the lines into a file of the export, whole or not at all."""
        path, digest = self.folder / name, hashlib.sha256()
        part = path.with_name(f"{path.name}.part")
        with _private(part) as file:
            for line in lines:
                file.write(line.encode())
                digest.update(line.encode())
        part.replace(path)
        self.files[name] = digest.hexdigest()


def write_export(
    context: ExportContext, folder: Path, asked_by: Actor, carried_by: Actor
) -> WrittenExport:
    """Write the partnership of who asks for it into the folder, and return what was written.

    Raises RuleBroken where acts go on all the while, StoredContentChanged for a document that is
    not the one of its row.
    """
    name = begin_export(context, asked_by, carried_by)
    written = WrittenExport(folder)
    for one in (folder, folder / TABLES, folder / DOCUMENTS):
        one.mkdir(mode=0o700, parents=True, exist_ok=True)
    for document in _rows(context, written, asked_by.partnership_id):
        _take(context, written, document)
    for program, there in ((audit_verifier, "audit_verifier.py"), (export_verifier, VERIFY)):
        written.put(there, [Path(str(program.__file__)).read_text(encoding="utf-8")])
    _manifest(written, asked_by.partnership_id, name)
    end_export(context, asked_by, sha256_of(folder / MANIFEST))
    return written


def exported_to(here: ExportContext, by: str, asked_by: NamedPerson, folder: Path) -> Iterator[str]:
    """Write the partnership of who asks into the folder, by a platform administrator; say so."""
    carried_by = platform_administrator_named(here, by)
    asks = actor_named(here, asked_by, Permission.EXPORT_PARTNERSHIP)
    written = write_export(here, folder, asks, carried_by)
    yield f"{len(written.files)} files in {folder}, open to you alone"
    yield f"documents that the virus scanner refused, left out: {len(written.left_out)}"
    yield f"check it where Keyline is not: python3 {folder / VERIFY}"


def _rows(
    context: ExportContext, written: WrittenExport, partnership_id: PartnershipId
) -> list[ExportedDocument]:
    """Write tables and chain as they stand at one moment: no act is done while they are read."""
    for _ in range(TRIES):
        before = chain_head(context, partnership_id)
        for table in exported():
            written.put(f"{TABLES}/{table}.jsonl", table_lines(context, partnership_id, table))
        written.put(CHAIN, chain_lines(context, partnership_id))
        found = exported_documents(context, partnership_id)
        if chain_head(context, partnership_id) == before:
            return found
    raise RuleBroken(GOES_ON)


def _take(context: ExportContext, written: WrittenExport, document: ExportedDocument) -> None:
    """Write one document, unless it lies there whole; what a scanner refused stays where it is."""
    if document.is_refused:
        written.left_out.append(str(document.id))
        return
    name = f"{DOCUMENTS}/{document.file_name}"
    path = written.folder / name
    if not path.is_file() or sha256_of(path) != document.sha256:
        part = path.with_name(f"{path.name}.part")
        with document_bytes(context, document) as file, _private(part) as there:
            shutil.copyfileobj(file, there)
        part.replace(path)
    written.files[name] = document.sha256


def _manifest(written: WrittenExport, partnership_id: PartnershipId, name: str) -> None:
    with (written.folder / CHAIN).open(encoding="utf-8") as chain:
        reaches = json.loads(chain.readline())["export"]
    written.up_to = int(reaches["seq"])
    told = {
        "format": FORMAT,
        "release": VERSION,
        "partnership": str(partnership_id),
        "name": name,
        "chain": reaches,
        "files": dict(sorted(written.files.items())),
        "tables_left_out": dict(LEFT_OUT),
        "documents_left_out": sorted(written.left_out),
    }
    written.put(MANIFEST, [json.dumps(told, indent=1, sort_keys=True) + "\n"])


def _private(path: Path) -> BinaryIO:
    """Open a file that its owner alone may read."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")

"""The files of an inspection pack: a PDF whose pages say for whom it is, and all of it as a ZIP.

In the ZIP stand the PDF, the table of each question as CSV, `manifest.csv` and `SHA256SUMS`. Their
bytes are kept as they were made, so that what was sent is known by its digest.
"""

import hashlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Final
from uuid import UUID, uuid4
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from services.casework.audit import note_look, note_row
from services.casework.inspection_packs.access import pack_to_read
from services.casework.inspection_packs.file_words import PackWords
from services.database.inspection import InspectionFile, get_pack_file, pack_files
from services.database.unit_of_work import UnitOfWork
from services.documents.pdf import set_as_pdf
from services.documents.tables import as_file
from services.domain.audit import InspectionEvent
from services.domain.errors import RuleBroken, Unavailable
from services.domain.inspection import FILE_NAMES, InspectionQuestion
from services.domain.labels import label
from services.storage.watermarks import with_watermark

MEDIA: Final = {"pdf": "application/pdf", "zip": "application/zip"}
GONE: Final = (
    "This file went with the record of a case of which it told. Its SHA-256 is still on the page."
)


def make_files(work: UnitOfWork, words: PackWords) -> None:
    """Make the files of an approved pack, and keep their bytes as they are.

    Raises RuleBroken where words that are left out of one item stand in another.
    """
    words.must_hold_nothing_left_out()
    pdf = with_watermark(set_as_pdf(words.worded()), words.line)
    version = max((one.version for one in pack_files(work.session, words.pack.id)), default=0) + 1
    for extension, content in (("pdf", pdf), ("zip", _as_zip(words, pdf))):
        row = InspectionFile(
            tenant_id=work.actor.partnership_id,
            id=uuid4(),
            pack_id=words.pack.id,
            version=version,
            extension=extension,
            sha256=hashlib.sha256(content).hexdigest(),
            content=content,
            added_by=work.actor.person_id,
            added_at=work.now,
        )
        work.session.add(row)
        work.session.flush()
        note_row(work, InspectionEvent.FILE_MADE, row)


def open_pack_file(work: UnitOfWork, file_id: UUID) -> tuple[str, str, bytes]:
    """Return the name of a pack's file, its media type and its bytes; note that it was opened.

    Raises NotFound for who may not know of the pack, NotPermitted for who may not read it, and
    Unavailable where the bytes are others, or went with the disposal of a case.
    """
    kept = get_pack_file(work.session, file_id)
    pack = pack_to_read(work, kept.pack_id)
    if not kept.content:
        raise RuleBroken(GONE)
    if hashlib.sha256(kept.content).hexdigest() != kept.sha256:
        raise Unavailable("The file is not the one that was kept. Tell who runs Keyline.")
    note_look(work, InspectionEvent.FILE_OPENED, pack.id)
    name = f"{pack.opened.reference}-v{kept.version}.{kept.extension}"
    return name, MEDIA[kept.extension], kept.content


def _as_zip(words: PackWords, pdf: bytes) -> bytes:
    """Return the ZIP: the same words make the same bytes."""
    at = words.approved_at.timetuple()[:6]
    files = {f"{words.pack.opened.reference}.pdf": pdf, **_tables(words)}
    files["manifest.csv"] = _manifest(words, files)
    sums = [f"{hashlib.sha256(one).hexdigest()}  {name}\n" for name, one in files.items()]
    files["SHA256SUMS"] = "".join(sums).encode()
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(ZipInfo(name, at), content, ZIP_DEFLATED)
    return made.getvalue()


def _tables(words: PackWords) -> Mapping[str, bytes]:
    """Return the tables of each question, one under another, by their names."""
    found: dict[str, bytes] = {}
    for question in InspectionQuestion:
        its = [one for one in words.going() if one.said.question is question and one.said.columns]
        for number, columns in enumerate(dict.fromkeys(one.said.columns for one in its)):
            rows = [
                (one.said.reference, *row)
                for one in its
                if one.said.columns == columns
                for row in one.said.rows
            ]
            name = f"{FILE_NAMES[question]}{'' if number == 0 else f'-{number + 1}'}.csv"
            found[name] = as_file("csv", ("Case", *columns), rows).content
    return found


def _manifest(words: PackWords, files: Mapping[str, bytes]) -> bytes:
    return as_file("csv", ("File", "What it is", "SHA-256"), list(_lines(words, files))).content


def _lines(words: PackWords, files: Mapping[str, bytes]) -> Iterator[tuple[str, str, str]]:
    """Yield each file with its digest, and each item that is withheld, with why and by whom."""
    of = {file: label(question) for question, file in FILE_NAMES.items()}
    for name, content in files.items():
        what = next((said for file, said in of.items() if name.startswith(file)), words.line)
        yield name, what, hashlib.sha256(content).hexdigest()
    for title, reasons, who in words.withheld():
        yield "", f"Withheld by {who}: {title}. {reasons}", ""

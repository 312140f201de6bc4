"""A file that somebody sends: checked in memory, scanned, and stored once, with no transaction."""

from dataclasses import dataclass
from typing import Protocol
from uuid import uuid4

from services.domain.errors import AnswerRefused
from services.domain.identifiers import DocumentId, PartnershipId
from services.storage import Store, Stored, new_name
from services.storage.checking import Checked, check
from services.storage.scanning import Scan, Scanner, Verdict


class FileIsHarmful(AnswerRefused):
    """A virus scanner found something in the file."""


class UploadPlace(Protocol):
    """Where a file that is sent goes to: a scanner looks at it, the store keeps it."""

    @property
    def store(self) -> Store: ...  # noqa: D102 - named for what it is
    @property
    def scanner(self) -> Scanner: ...  # noqa: D102 - named for what it is


@dataclass(frozen=True, slots=True)
class StoredUpload:
    """A file that was checked and lies in the store, and that no document names yet."""

    id: DocumentId
    checked: Checked
    scan: Scan
    stored: Stored


def store_upload(
    place: UploadPlace, partnership_id: PartnershipId, file: tuple[str, bytes]
) -> StoredUpload:
    """Check the file in memory, have it scanned, and store it once, with no transaction open.

    Raises AnswerRefused("file") for a wrong kind, size or content, FileIsHarmful where the scan
    found something, StoreUnavailable otherwise; a file that is refused never reaches the store.
    """
    checked, scan = checked_and_scanned(place.scanner, file)
    stored = place.store.put(new_name(partnership_id), checked.content, sha256=checked.sha256)
    return StoredUpload(DocumentId(uuid4()), checked, scan, stored)


def checked_and_scanned(scanner: Scanner, file: tuple[str, bytes]) -> tuple[Checked, Scan]:
    """Check the file in memory and have it scanned; refuse one that cannot be, or is harmful."""
    name, content = file
    checked = check(name, content)
    scan = scanner.scan(checked.content)
    must_be_harmless(scan)
    return checked, scan


def must_be_harmless(scan: Scan) -> None:
    """Refuse a file in which the scan found something."""
    if scan.verdict is Verdict.FOUND:
        raise FileIsHarmful(
            "file",
            "The virus scan found something harmful in this file, so it was not kept. Do not "
            "open it again, and tell the people who look after your computer.",
        )

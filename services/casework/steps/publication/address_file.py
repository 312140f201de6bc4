"""The file at the address of a published report is held against the file that was published.

A page that tells of the report is none: only where the address serves a file its bytes are
compared, with those of the file as which the report was laid out, or of Keyline's own (PUB-26).
"""

from typing import Final

from pydantic import Field

from services.casework.act import Act, record_entry
from services.casework.commands import Command
from services.casework.steps.publication.availability import ask_to_look, published_address
from services.casework.steps.publication.laid_out import file_published
from services.casework.steps.publication.own_file import made_before
from services.database.cases import Case, get_case
from services.database.clocks import open_clock
from services.database.documents import Document
from services.database.history import Entry, all_of, last_fact
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType, Section
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.workflow import Stage

_SAY_WHAT: Final = (
    EntryType.PUBLISHED,
    EntryType.REPORT_TAKEN_DOWN,
    EntryType.REPORT_REISSUED,
    EntryType.REPORT_REDACTED,
)


_OWN: Final = {
    EntryType.PUBLISHED: DocumentKind.PUBLISHED_REPORT,
    EntryType.REPORT_TAKEN_DOWN: DocumentKind.IMPROVEMENTS_IN_PLACE,
}


class NoteFile(Command):
    """What file was found at the address."""

    address: str = Field(title="At which web address?")
    sha256: str = Field(title="SHA-256 of the file that was found there")


def note_file(work: UnitOfWork, case_id: CaseId, command: NoteFile) -> Case:
    """Keep that another file is at the address than was published, and have a person look (K13).

    The same file is told of once: whoever has looked says what they found.
    """
    work.actor.must(NOTE_FILE.permission)
    case = get_case(work.session, case_id, for_change=True)
    clock = open_clock(work.session, case.id, ClockId.K13)
    if clock is None or published_address(work, case) != command.address:
        return case
    is_known = last_fact(work.session, case.id, EntryType.ADDRESS_CHANGED, command.sha256)
    if command.sha256 in {"", digest_published(work, case)} or is_known:
        return case
    record_entry(work, case, NOTE_FILE, command, subject=command.sha256)
    ask_to_look(work, case, clock)
    return case


NOTE_FILE = Act(
    name="note_file",
    command=NoteFile,
    perform=note_file,
    permission=Permission.CARRY_CASES,
    doing="note which file is at the address of the report",
    stages=frozenset(Stage),
    entry=EntryType.ADDRESS_CHANGED,
    is_listed=False,
    section=Section.PUBLICATION,
)


def digest_published(work: UnitOfWork, case: Case) -> str:
    """Return the SHA-256 of the file that is to be at the address; nothing where none is known.

    It is the file as which it was laid out, or Keyline's own that was made before. What is
    published again as it was is what was public before it was taken down.
    """
    said = all_of(work.session, case.id, *_SAY_WHAT)
    newest = said[-1:]
    if newest and newest[0].entry_type is not EntryType.REPORT_TAKEN_DOWN:
        newest = [one for one in said if one.entry_type is not EntryType.REPORT_TAKEN_DOWN]
    files = [_file_of(work, case, one) for one in newest]
    return next((one.sha256 for one in reversed(files) if one is not None), "")


def _file_of(work: UnitOfWork, case: Case, entry: Entry) -> Document | None:
    """Return the file that the entry says is public, where it was there before."""
    kind = _OWN.get(entry.entry_type)
    own = made_before(work, case, kind, entry) if kind is not None else None
    return file_published(work, case, entry) or own

"""How long the rapid review's record is, in the words of the pages that show it (RR-27)."""

from services.casework.joint.lead_said import said_by_lead
from services.casework.steps.rapid_review.kept_passages import title_of
from services.casework.steps.rapid_review.record_found import parts_of
from services.casework.steps.rapid_review.record_writing import WriteRecord, record_on_file
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.cited import plainly
from services.domain.entry_types import EntryType
from services.domain.record_checks.length import RecordLength, length_of


def length_on_file(record: WriteRecord | None) -> str:
    """Say how long the record is that the actor reads; nothing where there is none (RR-27)."""
    return in_words(length_of(parts_of(record))) if record is not None else ""


def length_to_decide(work: UnitOfWork, case: Case) -> str:
    """Say to who decides how long the record of their case is (RR-27)."""
    return length_on_file(record_on_file(work, case))


def length_to_sign(work: UnitOfWork, case: Case) -> str:
    """Say to who signs how long the record is that they sign, of whichever case (RR-27)."""
    shown = said_by_lead(work, case, (EntryType.RECORD_WRITTEN,))
    if shown:
        return length_on_file(WriteRecord.model_validate(shown[-1].command))
    return length_to_decide(work, case)


def in_words(length: RecordLength) -> str:
    """Say how long a record is, and that the guidance sets no limit; nothing of none (RR-27)."""
    if not length.words:
        return ""
    pages = "page" if length.pages == 1 else "pages"
    return plainly(
        f"The record has {length.words:,} words, about {length.pages} {pages} of A4. The longest "
        f"part is “{title_of(length.longest)}”, {length.longest_words:,} words. The guidance sets "
        "no limit: enough for its purposes, and not so much that it obscures them (RR-27)."
    )

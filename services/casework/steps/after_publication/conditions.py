"""What must hold of what is put in a published report's place, or published again (G10)."""

from datetime import date
from uuid import UUID

from services.casework.access.documents import papers_seen
from services.casework.joint.matters import signatures
from services.casework.steps.after_publication.standing import waiting
from services.casework.steps.anonymity.checks import must_be_checked, put_forward
from services.casework.steps.rounds.sign_off_rounds import all_agree, round_of
from services.database.cases import Case
from services.database.documents import Document, DocumentState
from services.database.history import Fact
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentForm
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.sign_off import SignOffMatter
from services.domain.working_days import london_date, written


def must_be_anonymised(*, anonymised: bool) -> None:
    """Refuse what is to be public while it is not said to be anonymised (PUB-16, G10)."""
    if not anonymised:
        raise AnswerRefused("anonymised", "It is not made public until this holds (G10).")


def must_name_reviewers(*, named: bool) -> None:
    """Refuse a changed report that leaves out who reviewed (PUB-27)."""
    if not named:
        raise AnswerRefused(
            "names_reviewers", "A published report always names its reviewers (PUB-27)."
        )


def must_be_web_address(address: str | None) -> None:
    """Refuse what is not an address at which anybody can open it (PUB-28)."""
    if address is not None and not address.startswith(("https://", "http://")):
        raise AnswerRefused("address", "Enter a web address that begins with https://")


def must_be_agreed_to(work: UnitOfWork, case: Case, kind: EntryType) -> Fact:
    """Return what was put to the partners; refuse to do it before every one agreed (GOV-11)."""
    put = waiting(work, case)
    if put is None or put.entry_type is not kind:
        raise StepNotOpen("This was not put to the partners: it is proposed first (PUB-24).")
    if not all_agree(work, case, SignOffMatter.TAKING_DOWN):
        raise StepNotOpen("Every partner agrees first: the report stays as it stands (PUB-24).")
    return put


def must_be_since(work: UnitOfWork, day: date, since: date, field: str) -> None:
    """Refuse a day to come, and one before the day since which it was possible."""
    if not since <= day <= work.today:
        raise AnswerRefused(field, f"Enter a day from {written(since)} to today.")


def checked_file(work: UnitOfWork, case: Case, file: UUID) -> Document:
    """Return the changed report, once it was checked as it is to be public (PUB-16, G10).

    It is a PDF, which goes to the three bodies as it stands, put forward and checked before.
    """
    found = next((one for one in papers_seen(work, case) if one.id == file), None)
    is_kept = found is not None and found.standing is DocumentState.KEPT
    if found is None or not is_kept or found.form != DocumentForm.PDF.value:
        raise AnswerRefused("file", "Choose a PDF that was added to this case.")
    if put_forward(work, case) != file:
        raise AnswerRefused(
            "file", "Have this file checked first: put it forward as the report (PUB-16)."
        )
    must_be_checked(work, case)
    return found


def agreed_on(work: UnitOfWork, case: Case) -> date:
    """Return the day on which the last partner agreed to what was put of the published report."""
    matter = SignOffMatter.TAKING_DOWN
    signed = signatures(work, case, matter, round_of(work, case, matter))
    return london_date(max(one.at for one in signed))

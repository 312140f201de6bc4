"""Whether the report is signed, and whether a text that was changed since waits for the partners.

A report that all partners have signed stays signed while a changed text of it is put to them: what
hangs on their signature, such as that there was a review, hangs on it no less (PUB-02).
"""

from services.casework.joint.matters import facts_said
from services.casework.steps.rounds.agreed_words import each_agreed
from services.casework.steps.rounds.sign_off_rounds import all_agree, openings
from services.database.cases import Case
from services.database.history import Fact
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.sign_off import SignOffMatter

_REPORT, _CHANGED = SignOffMatter.REPORT, EntryType.REPORT_CHANGED


def is_report_signed(work: UnitOfWork, case: Case) -> bool:
    """Tell whether all partners have signed the report, in these words or in former ones."""
    put = openings(work, case, _REPORT)
    if any(one.entry_type is _CHANGED for one in put):
        return True
    return bool(put) and all_agree(work, case, _REPORT)


def changes_agreed(work: UnitOfWork, case: Case) -> list[Fact]:
    """Return what put each changed text that all partners have signed, the first of them first."""
    return [one.put_by for one in each_agreed(work, case, _REPORT, _CHANGED)]


def does_text_wait(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the newest text was changed after it was signed, and is not signed yet."""
    changed = facts_said(work, case, _REPORT, _CHANGED)
    agreed = {one.id for one in changes_agreed(work, case)}
    return bool(changed) and changed[-1].id not in agreed

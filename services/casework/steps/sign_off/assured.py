"""Whether the version of a report that is put to the partners is assured as it stands (PUB-15)."""

from services.casework.joint.matters import bearer_of, facts_said
from services.casework.steps.anonymity.checks import must_be_checked
from services.database.cases import Case
from services.database.history import facts, last_fact
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.errors import RuleBroken
from services.domain.labels.own_words import in_own_words
from services.domain.sign_off import SignOffMatter


def must_be_assured(work: UnitOfWork, case: Case) -> None:
    """Refuse a draft that is not assured, and a text changed since that is not checked (PUB-16)."""
    is_own = bearer_of(work, case, SignOffMatter.REPORT).is_own(case)
    if facts_said(work, case, SignOffMatter.REPORT, EntryType.REPORT_CHANGED):
        if is_own:
            must_be_checked(work, case)
        return
    if not is_own:
        _must_be_assured_there(work, case)
        return
    version = str(case.report_version)
    assured = last_fact(work.session, case.id, EntryType.QUALITY_ASSURED, version)
    if assured is None:
        raise RuleBroken(
            in_own_words("The review group assures this version of the report first (PUB-15, G9).")
        )
    terms = facts(work.session, case.id, EntryType.TERMS_AGREED)
    if any(one.number > assured.number for one in terms):
        raise RuleBroken(
            "The terms of reference are amended since this version of the report: its next version "
            "states how, and is signed (LC-06)."
        )


def _must_be_assured_there(work: UnitOfWork, case: Case) -> None:
    """Refuse a draft that the lead's review group has not assured since it was put (PUB-15)."""
    matter = SignOffMatter.REPORT
    assured = facts_said(work, case, matter, EntryType.QUALITY_ASSURED)
    drafts = facts_said(work, case, matter, EntryType.DRAFT_SUBMITTED)
    if not assured or assured[-1].number < drafts[-1].number:
        raise RuleBroken(
            in_own_words("The lead's review group assures this version first (PUB-15, G9).")
        )

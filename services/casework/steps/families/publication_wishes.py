"""Publication and the family: their wishes weighed, its arrangements discussed (FAM-12).

Who plans publication need not read of the family: the plan says what follows from their wishes.
"""

from services.casework.steps.families.in_report import invited_family, spoken_about
from services.database.cases import Case
from services.database.history import facts
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused
from services.domain.families import FamilyMatter


def must_weigh_wishes(work: UnitOfWork, case: Case, said: str | None) -> None:
    """Refuse a plan that says nothing of the wishes of a family that takes part (FAM-12)."""
    if said is None and invited_family(work, case):
        raise AnswerRefused(
            "family_wishes", "Say how their wishes are taken into account (FAM-12)."
        )


def must_be_discussed(work: UnitOfWork, case: Case) -> None:
    """Refuse a text that goes out before its arrangements were discussed with the family (FAM-12).

    What was said before the newest plan of our own was said of other arrangements.
    """
    decided = facts(
        work.session, case.id, EntryType.PUBLICATION_PLANNED, EntryType.PUBLICATION_WITHHELD
    )
    since = decided[-1].number if decided else 0
    discussed = spoken_about(work, case, FamilyMatter.PUBLICATION, after=since)
    left = [one for one in invited_family(work, case) if str(one.person.id) not in discussed]
    if left:
        raise AnswerRefused(
            "family_told_how",
            f"Discuss the arrangements for publication with each of the family who takes part, and "
            f"record it (FAM-12). Not on record for {len(left)} of them.",
        )

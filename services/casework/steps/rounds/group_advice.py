"""G6: terms of reference wait for the review group's advice before they are put to the partners."""

from enum import StrEnum

from services.casework.joint.matters import facts_said
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.errors import StepNotOpen
from services.domain.labels.own_words import in_own_words
from services.domain.sign_off import SignOffMatter


class AdviceOnTerms(StrEnum):
    """What the review group advises on terms of reference that wait for it (G6)."""

    ENDORSE = "endorse"
    CHANGE_FIRST = "change_first"


def waits_for_advice(work: UnitOfWork, case: Case, matter: SignOffMatter) -> bool:
    """Tell whether terms were drawn up that the group has not advised the partners to endorse.

    Each version waits anew. In a joint review it is the lead's group that advises, on its case.
    """
    if matter is not SignOffMatter.TERMS_OF_REFERENCE:
        return False
    drawn_up = facts_said(work, case, matter, EntryType.TERMS_AGREED)
    overseen = facts_said(work, case, matter, EntryType.COMMISSIONING_OVERSEEN)
    advised = [one.number for one in overseen if one.subject == AdviceOnTerms.ENDORSE]
    return bool(drawn_up) and drawn_up[-1].number > max(advised, default=0)


def must_be_advised(work: UnitOfWork, case: Case, matter: SignOffMatter) -> None:
    """Refuse an endorsement of terms on which the review group's advice is not on record (G6)."""
    if waits_for_advice(work, case, matter):
        raise StepNotOpen(
            in_own_words(
                "The review group has not advised the partners to endorse these terms of "
                "reference. They are put to the partners once its advice is on record (G6)."
            )
        )

"""Which comments of the bodies on the text before publication wait for the partners (PUB-26)."""

from services.casework.joint.matters import facts_said
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.errors import RuleBroken
from services.domain.sign_off import SignOffMatter

_MATTER = SignOffMatter.PUBLICATION


def comments_open(work: UnitOfWork, case: Case) -> frozenset[str]:
    """Return the comments that are not answered, by the subjects of their entries.

    In a joint review they stand on the case that leads, and hold every publisher.
    """
    told = facts_said(work, case, _MATTER, EntryType.BODY_COMMENTED)
    answered = facts_said(work, case, _MATTER, EntryType.BODY_ANSWERED)
    return frozenset(one.subject for one in told) - {one.subject for one in answered}


def must_have_answered(work: UnitOfWork, case: Case) -> None:
    """Refuse publication while a body's comment on the text is not answered (PUB-26)."""
    if waiting := comments_open(work, case):
        count = "a comment" if len(waiting) == 1 else f"{len(waiting)} comments"
        raise RuleBroken(
            f"The partners have not answered {count} of the Panel, Ofsted or the Secretary of "
            "State on the text that was sent. They say what they did with it before the day of "
            "publication (PUB-26)."
        )

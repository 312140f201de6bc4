"""The name under which a review is published: it tells nothing of the case (PUB-16)."""

from services.casework.steps.known_of_case import known_of_report
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.anonymity.checking import ReportChecker
from services.domain.anonymity.known import HitKind, Passage
from services.domain.errors import AnswerRefused


def must_have_a_name(work: UnitOfWork, case: Case, name: str | None) -> None:
    """Refuse a report without a name to be published under, or with one that tells of the case.

    As far as the actor reads of the case: Keyline checks the name again with all that it holds.
    """
    if name is None:
        raise AnswerRefused("public_name", "Enter a name that tells nothing of the child (PUB-16).")
    checker = ReportChecker(known_of_report(work, case))
    if any(_tells(one.kind) for one in checker.hits([Passage("Name of the review", name)], "")):
        raise AnswerRefused(
            "public_name", "This name tells of the case: choose one that does not (PUB-16)."
        )


def _tells(kind: HitKind) -> bool:
    """Tell whether no name may hold it: also an everyday word that is a name of the case."""
    return kind.is_certain or kind is HitKind.NAME_OR_WORD

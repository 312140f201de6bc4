"""What is said to many beside the report, such as a briefing or a press statement (PUB-16)."""

from collections.abc import Iterable

from services.casework.steps.known_of_case import known_of_report
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.anonymity.checking import ReportChecker
from services.domain.anonymity.known import Passage
from services.domain.errors import AnswerRefused
from services.domain.record_checks.passages import plain_words


def must_tell_of_nobody(
    work: UnitOfWork, case: Case, passages: Iterable[Passage], may_be_said: str | None = None
) -> None:
    """Refuse names, days and places of the case, as far as the actor reads them (PUB-16).

    Each passage is placed by its field; words of ``may_be_said`` pass. Addresses and telephone
    numbers may be said: somebody is to be reached.
    """
    checker = ReportChecker(known_of_report(work, case))
    explained = plain_words(may_be_said or "")
    for hit in checker.hits(passages, ""):
        if hit.kind.is_certain and plain_words(hit.words) not in explained:
            raise AnswerRefused(
                hit.place, "This tells of the case: leave out its names, days and places (PUB-16)."
            )

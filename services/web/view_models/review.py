"""How the review goes, as its page of the case tells it: who does it, what goes on beside."""

from collections.abc import Iterator
from dataclasses import dataclass

from services.casework.labels import label
from services.database.cases import Case
from services.database.history import all_of
from services.database.people import names
from services.database.reviewers import capacities, reviewers_now
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.plain_text import capital
from services.web.timeline import Told, tell
from services.web.view_models.awaited import AwaitedLine, awaited_lines
from services.web.view_models.children import ChildDeathView, child_death_view
from services.web.view_models.other_reviews import RegisterView, register_view

_STEPS = (
    EntryType.TERMS_AGREED,
    EntryType.COMMISSIONING_OVERSEEN,
    EntryType.REVIEWER_APPOINTED,
    EntryType.REVIEWER_ENDED,
    EntryType.REVIEW_MONITORED,
    EntryType.PROGRESS_REPORTED,
    EntryType.INTERIM_LEARNING_PROPOSED,
    EntryType.INTERIM_LEARNING_SHARED,
    EntryType.DRAFT_SUBMITTED,
    EntryType.DRAFT_RETURNED,
    EntryType.REPORT_CHANGED,
    EntryType.QUALITY_ASSURED,
    EntryType.REPORT_PUT_FORWARD,
    EntryType.DELAY_RECORDED,
    EntryType.DELAY_CONSIDERED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewView:
    """Who reviews, the team as it was named last, each step taken, and what goes on beside."""

    reviewers: tuple[tuple[str, str], ...]
    team: list[Told]
    steps: list[Told]
    awaited: list[AwaitedLine]
    register: RegisterView | None
    child_death: ChildDeathView | None


def review_view(work: UnitOfWork, case: Case) -> ReviewView:
    """Gather it for a person who reads the whole case."""
    taken = all_of(work.session, case.id, *_STEPS)
    return ReviewView(
        reviewers=tuple(_reviewers(work, case)),
        team=tell(work, all_of(work.session, case.id, EntryType.TEAM_NAMED)[-1:]),
        steps=tell(work, taken[::-1]),
        awaited=awaited_lines(work, case),
        register=register_view(work, case),
        child_death=child_death_view(work, case),
    )


def review_in_short(work: UnitOfWork, case: Case) -> Iterator[str]:
    """Say who reviews, and how often the report was drafted."""
    found = [name for name, _ in _reviewers(work, case)]
    yield f"Reviewed by {', '.join(found)}" if found else "Nobody is appointed to review it"
    if case.report_version:
        yield f"The report: version {case.report_version}"


def _reviewers(work: UnitOfWork, case: Case) -> Iterator[tuple[str, str]]:
    """Yield each reviewer, and as what they were appointed."""
    people = reviewers_now(work.session, case.id)
    named = names(work.session, set(people)) if people else {}
    as_what = capacities(work.session, case.id) if people else {}
    for one in people:
        capacity = as_what.get(one)
        yield named.get(one, "A person there"), capital(label(capacity)) if capacity else ""

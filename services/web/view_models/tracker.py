"""The actions of every plan that a person may read, followed in one place (EMB-08, EMB-09)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from math import ceil
from uuid import UUID

from services.casework.access.cases import cases_seen, record_viewing
from services.casework.steps.plan_owners import is_own, planned_in, post_of
from services.casework.steps.plan_standing import Rated, followed_on, ratings_of_cases
from services.database.actions import Action, actions_of_cases
from services.database.cases import Case
from services.database.partnerships import agency_names
from services.database.unit_of_work import UnitOfWork
from services.domain.actions import Followed, Rating
from services.domain.roles import Permission
from services.domain.viewings import Viewed

NOT_RATED = "none"
OWN, OF_REVIEW = "own", "review"
SOURCES = {OWN: "The agency's own recommendation", OF_REVIEW: "The learning of the review"}
MOST = 100  # lines of one page


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """What the list is narrowed by: codes of the address; what is none narrows nothing."""

    agency: str = ""
    rating: str = ""
    standing: str = ""
    source: str = ""

    def takes(self, one: "TrackedAction") -> bool:
        """Tell whether the action is among those that are asked for."""
        rated = one.rating.value if one.rating else NOT_RATED
        is_rating = self.rating == NOT_RATED or self.rating in set(Rating)
        is_standing = self.standing in set(Followed)
        return (
            (not _is_id(self.agency) or self.agency == str(one.agency_id))
            and (not is_rating or self.rating == rated)
            and (not is_standing or self.standing == one.standing)
            and (self.source not in SOURCES or (self.source == OWN) is one.is_own)
        )


NARROWED_BY = tuple(one.name for one in fields(Narrowing))


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackedAction:
    """One action: of which case, what, whose, by when, how it stands and how it is rated.

    ``owner`` is the post there that answers for it; nothing of a plan from before it was asked.
    ``is_own`` says that its agency recommended it to itself (EMB-08).
    """

    case_id: UUID
    reference: str
    number: int
    action: str
    agency_id: UUID
    agency: str
    owner: str
    is_own: bool
    last_day: date
    standing: Followed
    rating: Rating | None
    rating_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracked:
    """One page of the list as it is narrowed, how many fit, and how many there are in all.

    ``counts`` are by standing and not narrowed; ``agencies`` may be chosen.
    """

    lines: list[TrackedAction]
    fitting: int
    number: int
    pages: int
    counts: Mapping[Followed, int]
    agencies: list[tuple[str, str]]

    @property
    def total(self) -> int:
        """Return how many actions the person may read, before the list is narrowed."""
        return sum(self.counts.values())


def tracked(
    work: UnitOfWork, narrowing: Narrowing, number: int = 1, *, most: int = MOST
) -> Tracked:
    """Return a page of the actions of cases open to the person; an agency's people see theirs.

    That they looked at the actions of a case stands in its record of who saw it, for those that
    stand on the page.
    """
    cases = {case.id: case for case in cases_seen(work).open}
    lines = _lines(work, cases, actions_of_cases(work.session, cases.keys()))
    fitting = [one for one in lines if narrowing.takes(one)]
    pages = max(ceil(len(fitting) / most), 1)
    number = min(max(number, 1), pages)
    shown = fitting[(number - 1) * most : number * most]
    for case_id in dict.fromkeys(one.case_id for one in shown):
        record_viewing(work, cases[case_id], Viewed.ACTIONS)
    agencies = {str(one.agency_id): one.agency for one in lines}
    return Tracked(
        lines=shown,
        fitting=len(fitting),
        number=number,
        pages=pages,
        counts={standing: sum(one.standing is standing for one in lines) for standing in Followed},
        agencies=sorted(agencies.items(), key=lambda one: one[1]),
    )


def _lines(
    work: UnitOfWork, cases: Mapping[UUID, Case], found: Sequence[Action]
) -> list[TrackedAction]:
    sees_all = work.actor.may(Permission.READ_CASE)
    mine = [one for one in found if sees_all or one.agency_id == work.actor.agency_id]
    rated = ratings_of_cases(work, {one.case_id for one in mine})
    named = agency_names(work.session)
    planned = planned_in(work, {one.case_id for one in mine})
    return [
        replace(
            _line(work, cases[one.case_id], one, named, rated.get(one.case_id, {}).get(one.number)),
            owner=post_of(planned, one),
            is_own=is_own(planned, one),
        )
        for one in mine
    ]


def _line(
    work: UnitOfWork, case: Case, one: Action, named: Mapping[UUID, str], rated: Rated | None
) -> TrackedAction:
    return TrackedAction(
        case_id=case.id,
        reference=case.reference,
        number=one.number,
        action=one.action,
        agency_id=one.agency_id,
        agency=named.get(one.agency_id, "An agency"),
        owner="",
        is_own=False,
        last_day=one.last_day,
        standing=followed_on(one, work.today),
        rating=rated.rating if rated else None,
        rating_reason=rated.reason if rated else "",
    )


def _is_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False

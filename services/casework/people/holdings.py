"""What somebody has in a partnership: posts, work that waits for them, clocks, cases, drafts.

It is shown before anything of theirs ends. Of cases it names references, duties and days alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import col, select

from services.casework.effects.duties import DUTIES
from services.casework.people.posts import PostHeld, posts_held
from services.database.actions import Action
from services.database.appointments import drafts_of
from services.database.assignments import Assignment, open_assignments
from services.database.attendance import cases_attended
from services.database.cases import Case
from services.database.clocks import open_clocks
from services.database.reviewers import reviewers_now
from services.database.unit_of_work import UnitOfWork
from services.domain.labels import label
from services.domain.personal_todos import person_asked
from services.domain.roles import asked_as


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkHeld:
    """Something that waits for the person: on which case, what, by when, and who else can do it."""

    reference: str
    what: str
    last_day: date | None
    goes_on_with: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """Everything that somebody has in the partnership from a day on."""

    posts: tuple[PostHeld, ...]
    todos: tuple[WorkHeld, ...]
    clocks: tuple[WorkHeld, ...]
    cases: tuple[WorkHeld, ...]
    drafts: int

    @property
    def is_left_open(self) -> bool:
        """Tell whether a post would fall empty, or work stay with nobody to do it."""
        left = any(not one.goes_on_with for one in (*self.todos, *self.clocks, *self.cases))
        return left or any(one.falls_empty for one in self.posts)


def holdings(work: UnitOfWork, person_id: UUID, last_day: date) -> Holdings:
    """Return what the person has after the day, and with whom each of it goes on."""
    posts = posts_held(work, person_id, last_day)
    references = _references(work)
    return Holdings(
        posts=posts,
        todos=tuple(_todos(work, person_id, posts, references)),
        clocks=tuple(_clocks(work, posts, references)),
        cases=tuple(_cases(work, person_id, references)),
        drafts=drafts_of(work.session, person_id),
    )


def _references(work: UnitOfWork) -> dict[UUID, str]:
    """Return the references of the cases that have not ended."""
    question = select(Case.id, Case.reference).where(col(Case.closed_at).is_(None))
    return dict(work.session.exec(question).all())


def _todos(
    work: UnitOfWork, person_id: UUID, posts: tuple[PostHeld, ...], references: dict[UUID, str]
) -> Iterator[WorkHeld]:
    """Yield what waits for the person alone, and what waits for a post of theirs."""
    for one in open_assignments(work.session):
        goes_on = _whose(one, person_id, posts)
        if goes_on is not None and one.case_id in references:
            yield WorkHeld(
                reference=references[one.case_id],
                what=label(one.todo),
                last_day=one.last_day,
                goes_on_with=goes_on,
            )


def _whose(
    asked: Assignment, person_id: UUID, posts: tuple[PostHeld, ...]
) -> tuple[str, ...] | None:
    """Return with whom a todo of the person goes on; None where it is not theirs."""
    if person := person_asked(asked.todo, asked.subject):
        return () if person == str(person_id) else None
    for post in posts:
        held = post.membership
        if (
            asked.role is asked_as(held.role)
            and asked.seat in (None, held.seat)
            and asked.authority in ("", held.authority)
            and asked.agency_id in (None, held.agency_id)
        ):
            return post.goes_on_with
    return None


def _clocks(
    work: UnitOfWork, posts: tuple[PostHeld, ...], references: dict[UUID, str]
) -> Iterator[WorkHeld]:
    """Yield the clocks that it is a post of the person's to meet."""
    owners = {str(one.id): one.agency_id for one in work.session.exec(select(Action))}
    for clock in open_clocks(work.session, due_by=date.max):
        agency = owners.get(clock.subject) or clock.subject
        for post in posts:
            held = post.membership
            is_theirs = held.agency_id is None or str(held.agency_id) == str(agency)
            if DUTIES[clock.clock].role is held.role and is_theirs and clock.case_id in references:
                yield WorkHeld(
                    reference=references[clock.case_id],
                    what=clock.duty,
                    last_day=clock.due,
                    goes_on_with=post.goes_on_with,
                )
                break


def _cases(work: UnitOfWork, person_id: UUID, references: dict[UUID, str]) -> Iterator[WorkHeld]:
    """Yield the cases on which the person is named: as lead reviewer, or to attend the meeting.

    Somebody else is appointed or named there, on the case, by whoever runs it.
    """
    attended = cases_attended(work.session, person_id)
    for case_id, reference in sorted(references.items(), key=lambda one: one[1]):
        if person_id in reviewers_now(work.session, case_id):
            yield WorkHeld(
                reference=reference, what="lead reviewer", last_day=None, goes_on_with=()
            )
        if case_id in attended:
            yield WorkHeld(
                reference=reference,
                what="named to attend the meeting",
                last_day=None,
                goes_on_with=(),
            )

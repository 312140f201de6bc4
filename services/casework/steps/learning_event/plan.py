"""What is said of a learning event when it is planned, and how the newest one stands.

Practitioners are known by agency and post; none of them is named in what is kept or sent.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final
from uuid import UUID

from pydantic import Field

from services.casework.commands import (
    AgencyChoice,
    Command,
    LongText,
    NeededWhen,
    Rows,
    ShortText,
    YesNo,
)
from services.casework.steps.learning_event.sittings import Sitting, SittingKept, SittingSaid
from services.casework.steps.other_reviews.held_back import Heeded
from services.database.cases import Case
from services.database.history import Entry, Fact, all_of, entries_of_review, facts, reads_all
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.errors import RuleBroken
from services.domain.labels.own_words import in_own_words
from services.domain.learning_events import EventWay

OF_THE_EVENT: Final = (
    EntryType.LEARNING_EVENT_PLANNED,
    EntryType.LEARNING_EVENT_CALLED_OFF,
    EntryType.LEARNING_EVENT_HELD,
    EntryType.PRACTITIONERS_THERE,
)


_SITTINGS: Final = Rows(2, "sitting")
_WHEN: Final = "When and where?"
_SENT: Final = EntryType.REPORT_SUBMITTED


class PostInvited(Command):
    """Somebody who is invited, by agency and post."""

    agency: AgencyChoice = Field(title="Of which agency?")
    post: ShortText = Field(title="Which post?", description="The post or role, never a name.")


class InvitedPost(PostInvited):
    """Somebody who is invited, and what they did with the child or the family (LC-37)."""

    involvement: ShortText = Field(title="What was their direct involvement?")


class EventPlanSaid(Command):
    """A plan of a learning event, as it is typed and as it is kept."""

    way: EventWay = Field(title="How is it held?")
    sittings: Annotated[tuple[SittingSaid, ...], _SITTINGS] = Field(title=_WHEN)
    facilitated_by: ShortText = Field(
        title="Who facilitates it?",
        description="Usually the lead reviewer, with members of the review team.",
    )
    invited: Annotated[tuple[InvitedPost, ...], Rows(6, "post")] = Field(
        title="Who is invited?",
        description="Practitioners with direct involvement, and their line managers: by agency and "
        "post, without names. Agencies that were asked for something on this case can be chosen.",
    )
    notice: LongText = Field(
        title="How do the agencies have plenty of notice? (LC-38)",
        description="So that practitioners can be released and prepare themselves.",
    )
    shares_themes: YesNo = Field(
        title="Are the key themes shared with those who come? (LC-36)",
        description="Those that the review team confirmed; they stand in the briefing note, the "
        "agenda and the worksheets.",
    )
    why_changed: Annotated[LongText | None, NeededWhen("if an event is planned already")] = Field(
        default=None, title="Why is it moved, or otherwise changed?"
    )
    heeded: Heeded = None


class PlanLearningEvent(EventPlanSaid):
    """A learning event of the review: when, where, and who is invited (LC-37 to LC-39).

    To move one that is planned, or to invite others, say all of it again with the reason: every
    agency gets a new invitation, and what stood before stays in the timeline.
    """

    sittings: Annotated[tuple[Sitting, ...], _SITTINGS] = Field(
        title=_WHEN,
        description="One sitting; two where another half day is needed; two or more in a series.",
    )


class LearningEventPlanned(EventPlanSaid):
    """A plan as it is kept."""

    sittings: Annotated[tuple[SittingKept, ...], _SITTINGS] = Field(title=_WHEN)


@dataclass(frozen=True, slots=True)
class EventStanding:
    """The newest learning event of a case: its plan, and the newest entry about it."""

    plan: LearningEventPlanned
    newest: Fact

    @property
    def is_planned(self) -> bool:
        """Tell whether it is still to be held, or held and not yet on record."""
        return self.newest.entry_type is EntryType.LEARNING_EVENT_PLANNED

    @property
    def days(self) -> tuple[date, ...]:
        """Return the days on which it sits, the first of them first."""
        return tuple(sorted(one.held_on for one in self.plan.sittings))

    @property
    def posts(self) -> tuple[PostInvited, ...]:
        """Return who is invited, by agency and post alone."""
        return tuple(PostInvited(agency=one.agency, post=one.post) for one in self.plan.invited)

    @property
    def agencies(self) -> tuple[UUID, ...]:
        """Return the agencies whose practitioners are invited, each once."""
        return agencies_of(self.plan.invited)


def agencies_of(posts: Iterable[PostInvited]) -> tuple[UUID, ...]:
    """Return the agencies of these posts, each once, in their order."""
    return tuple(dict.fromkeys(one.agency for one in posts))


def event_of(work: UnitOfWork, case: Case) -> EventStanding | None:
    """Return the newest learning event of the case, if one was ever planned.

    That it was held is a fact for everybody: a mark on what was heard there changes no rule.
    """
    planned = entries_of_review(work.session, case.id, EntryType.LEARNING_EVENT_PLANNED)
    if not planned:
        return None
    newest = facts(work.session, case.id, *OF_THE_EVENT)[-1]
    return EventStanding(LearningEventPlanned.model_validate(planned[-1].command), newest)


def planned_event(work: UnitOfWork, case: Case) -> EventStanding | None:
    """Return the learning event that is planned and neither held nor called off."""
    event = event_of(work, case)
    return event if event is not None and event.is_planned else None


def has_planned_event(work: UnitOfWork, case: Case) -> bool:
    """Tell whether a learning event is planned and neither held nor called off."""
    return planned_event(work, case) is not None


class PlanBegun(Command):
    """What a first plan opens with: whom the agencies named in their reports (LC-37)."""

    invited: tuple[InvitedPost, ...]


def plan_on_record(work: UnitOfWork, case: Case) -> Command | None:
    """Return the plan that stands, to be put right; the reason for a change is said anew.

    Before there is one, it is whom the agencies have named, each in its newest report.
    """
    event = planned_event(work, case)
    if event is not None:
        return event.plan.model_copy(update={"why_changed": None, "heeded": None})
    sent = {one.subject: one for one in entries_of_review(work.session, case.id, _SENT)}
    return PlanBegun(invited=tuple(post for one in sent.values() for post in _named_in(one)))


def _named_in(report: Entry) -> Iterator[InvitedPost]:
    for row in report.command.get("participants", ()):
        yield InvitedPost(agency=UUID(report.subject), **row)


def confirmed_themes(work: UnitOfWork, case: Case) -> tuple[str, ...]:
    """Return the key themes that the review team confirmed last, as its minutes say (LC-36)."""
    return themes_of(all_of(work.session, case.id, EntryType.TEAM_MET))


def has_no_team(work: UnitOfWork, case: Case) -> bool:
    """Tell whether it is on record that the review needs no review team (LC-25)."""
    named = all_of(work.session, case.id, EntryType.TEAM_NAMED)
    return bool(named) and not named[-1].command["is_needed"]


def must_read_team(work: UnitOfWork, case: Case) -> None:
    """Refuse to say that the team confirmed nothing while a mark hides what was said of it (LC-36).

    Raises RuleBroken, which says who can have it seen.
    """
    said = (EntryType.TEAM_NAMED, EntryType.TEAM_MET)
    if not reads_all(work.session, case.id, *said):
        raise RuleBroken(
            in_own_words(
                "A police-sensitive mark hides from you what was said of the review team, so its "
                "key themes cannot be seen (LC-36). Who marked it lists your seat first, or lifts "
                "the mark."
            )
        )


def themes_of(minutes: Iterable[Entry]) -> tuple[str, ...]:
    """Return the key themes of the newest of these minutes that confirm any."""
    said = [tuple(row["theme"] for row in one.command["themes"]) for one in minutes]
    return next((one for one in reversed(said) if one), ())

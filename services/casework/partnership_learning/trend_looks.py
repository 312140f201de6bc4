"""The review group looks at the local trends, and says when it looks again (EMB-10)."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from pydantic import Field

from services.casework.commands import Command, Day, LongText, ThemeChoices
from services.casework.partnership_learning.records import NewRecord, begin, put_on_record
from services.casework.past_days import must_be_past
from services.casework.steps.embedding.themes import must_be_offered
from services.database.learning import LearningRecord, learning_records
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import LearningEvent
from services.domain.clocks.counting import add_months
from services.domain.clocks.policy_json import stored_policy
from services.domain.errors import AnswerRefused
from services.domain.plain_dates import day_month_year
from services.domain.themes import Theme, shipped_id
from services.domain.trends import LookedAt


class LookAtTrends(Command):
    """A look of the review group at the trends: what it saw, what it decided, when it looks again.

    It is of numbers and themes, and tells of no one case.
    """

    looked_on: Day = Field(title="On which day did the review group look at the trends?")
    present: LongText = Field(title="Who was there?", description="By post and agency: no name.")
    looked_at: tuple[LookedAt, ...] = Field(title="What did it look at?")
    recurring: tuple[Theme, ...] = Field(default=(), title="Which themes recur, if any?")
    recurring_own: ThemeChoices = Field(
        default=(), title="Which of the partnership's own themes recur, if any?"
    )
    found: LongText = Field(
        title="What do the trends say of practice here?",
        description="In numbers and themes. Name no case, and nobody.",
    )
    scrutiny: LongText | None = Field(
        default=None, title="Which local processes or practices warrant further scrutiny?"
    )
    decided: LongText = Field(title="What was decided, and who follows it up?")
    next_on: Day = Field(title="By which day does the group look at the trends next?")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendLook:
    """One look that is on record, and who put it there."""

    said: LookAtTrends
    added_by: UUID


def look_at_trends(work: UnitOfWork, command: LookAtTrends) -> LearningRecord:
    """Put on record that the group looked at the trends; it is asked again by the day set (EMB-10).

    Raises AnswerRefused where nothing was looked at, for a theme that is not offered, for a day
    that has not come, or that lies before the look on record, and for a next look later than the
    partnership's policy has it.
    """
    if (known := begin(work, command)) is not None:
        return known
    if not command.looked_at:
        raise AnswerRefused("looked_at", "Choose at least one of these.")
    must_be_offered(work, "recurring", map(shipped_id, command.recurring))
    must_be_offered(work, "recurring_own", command.recurring_own)
    looks = trend_looks(learning_records(work.session))
    must_be_past(work, "looked_on", command.looked_on, looks[-1].said.looked_on if looks else None)
    _must_look_again(work, command)
    new = NewRecord(event=LearningEvent.TRENDS_LOOKED_AT, command=command, on_day=command.looked_on)
    return put_on_record(work, new)


def trend_looks(records: Iterable[LearningRecord]) -> list[TrendLook]:
    """Return the looks at the trends that are on record, oldest first."""
    return [
        TrendLook(said=LookAtTrends.model_validate(one.words), added_by=one.added_by)
        for one in records
        if one.event is LearningEvent.TRENDS_LOOKED_AT
    ]


def _must_look_again(work: UnitOfWork, command: LookAtTrends) -> None:
    """Refuse a next look that is not to come, or that the policy has earlier."""
    if command.next_on <= work.today:
        raise AnswerRefused("next_on", "Enter a day that is still to come.")
    months = stored_policy(work.partnership.policy).trends_reviewed_every
    latest = None if months is None else add_months(work.today, months)
    if latest is not None and command.next_on > latest:
        said = day_month_year(latest)
        raise AnswerRefused("next_on", f"Your policy has the trends looked at again by {said}.")

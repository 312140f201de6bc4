"""Whom practitioners' say on the draft was asked of, when and how, and what they said (PUB-19).

The same is asked of the partnership that leads and of each that contributes to a joint review.
"""

from datetime import date
from typing import Annotated

from pydantic import Field

from services.casework.commands import AgencyChoices, Command, Day, LongText, NeededWhen, Rows
from services.casework.steps.learning_event.plan import PostInvited, agencies_of
from services.database.cases import Case
from services.database.partnerships import agency_on
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AnswerRefused


class RemarkOfDraft(PostInvited):
    """One thing that a practitioner says of the draft, by agency and post."""

    remark: LongText = Field(title="What do they say of the draft?")


class PractitionersAsked(Command):
    """Practitioners who were asked about the draft, and what they said."""

    agencies: AgencyChoices = Field(
        default=(),
        title="Practitioners of which agencies were asked?",
        description="Each agency of which somebody came to the event, or was heard instead.",
    )
    asked_on: Annotated[Day | None, NeededWhen("if anybody was asked")] = Field(
        default=None, title="When were they asked?"
    )
    shared: Annotated[LongText | None, NeededWhen("if anybody was asked")] = Field(
        default=None,
        title="How was the learning shared with them, and what were they asked?",
        description="Such as at a second meeting, or with the findings in writing.",
    )
    remarks: Annotated[tuple[RemarkOfDraft, ...], Rows(3, "remark")] = Field(
        default=(), title="What do they say of its accuracy?"
    )
    no_remark: Annotated[LongText | None, NeededWhen("if nobody of those made a remark")] = Field(
        default=None, title="Why is there no remark?"
    )
    practice: LongText | None = Field(
        default=None, title="What do they say of bringing the learning into daily practice?"
    )

    @property
    def says_of_asking(self) -> bool:
        """Tell whether anything is said that only practitioners who were asked can have said."""
        asking = (self.asked_on, self.shared, self.no_remark, self.practice)
        return bool(self.remarks) or any(one is not None for one in asking)


def must_say_how_asked(
    work: UnitOfWork, case: Case, asked: PractitionersAsked, drafted_on: date | None
) -> None:
    """Refuse asking without its day and its way, and one before there was a draft (PUB-19).

    ``drafted_on`` is the day of the first draft, or on which we were told of it.
    """
    for agency in asked.agencies:
        agency_on(work.session, case.id, agency)
    if not set(asked.agencies).issuperset(agencies_of(asked.remarks)):
        raise AnswerRefused("agencies", "Choose each agency whose practitioners were asked.")
    if asked.asked_on is None or asked.asked_on > work.today:
        raise AnswerRefused("asked_on", "Enter the day; it is not in the future.")
    if drafted_on is not None and asked.asked_on < drafted_on:
        raise AnswerRefused(
            "asked_on", "The first draft was submitted later: they were asked about none (PUB-19)."
        )
    if asked.shared is None:
        raise AnswerRefused("shared", "Say how the learning was shared, and what was asked.")
    if bool(asked.remarks) is (asked.no_remark is not None):
        raise AnswerRefused("no_remark", "Enter each remark, or why there is none: one of the two.")

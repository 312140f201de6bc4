"""Copies of a published report that somebody asked for, once its year is over (PUB-29).

The report is publicly available for a year at least; after it, a copy from the archive is given to
whoever asks.
"""

from datetime import date
from typing import Annotated

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import (
    Command,
    Day,
    LongText,
    NeededWhen,
    ShortText,
    Under,
    YesNo,
)
from services.database.cases import Case
from services.database.history import last_fact
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.workflow import Stage
from services.domain.working_days import written


class RecordArchivedCopy(Command):
    """A copy of the published report that somebody asked for, and what they were given (PUB-29).

    Give the file that was published: it stands among the documents of the case.
    """

    asked_by: ShortText = Field(
        title="Who asked for it?",
        description="By what they are, such as a university or a member of the public. No name.",
    )
    asked_on: Day = Field(title="When did they ask?")
    is_given: YesNo = Field(title="Were they given a copy, or its address?")
    given_on: Annotated[Day | None, NeededWhen("if they were"), Under("If it was given")] = Field(
        default=None, title="When?"
    )
    way: Annotated[ShortText | None, NeededWhen("if they were")] = Field(
        default=None, title="How?", description="Such as by email, by post, or by its web address."
    )
    why_not: Annotated[
        LongText | None, NeededWhen("if they were not"), Under("If it was not given")
    ] = Field(
        default=None,
        title="Why not, and who decided that?",
        description="What is published is given on request, unless the partners have decided that "
        "publication has become wrong.",
    )


def record_archived_copy(work: UnitOfWork, case_id: CaseId, command: RecordArchivedCopy) -> Case:
    """Keep that a copy was asked for, and given or not."""
    case = begin(work, case_id, RECORD_ARCHIVED_COPY, command)
    if case.published_on is None or not is_published(work, case):
        raise RuleBroken("No report of this case is published: there is no copy to be given.")
    _must_say_what_was_done(command)
    _must_be_since(case.published_on, work.today, command)
    record_entry(work, case, RECORD_ARCHIVED_COPY, command)
    return case


def is_published(work: UnitOfWork, case: Case) -> bool:
    """Tell whether a report of the case is published, and not improvements in its place."""
    published = last_fact(work.session, case.id, EntryType.PUBLISHED)
    return case.published_on is not None and published is not None


RECORD_ARCHIVED_COPY = Act(
    name="record_archived_copy",
    command=RecordArchivedCopy,
    perform=record_archived_copy,
    permission=Permission.PLAN_PUBLICATION,
    doing="record a copy that was asked for",
    stages=frozenset({Stage.EMBEDDING, Stage.CLOSED, Stage.JOINT_REVIEW}),
    entry=EntryType.COPY_ASKED_FOR,
    is_offered=is_published,
    shows=(EntryType.PUBLISHED,),
    section=Section.PUBLICATION,
)


def _must_say_what_was_done(said: RecordArchivedCopy) -> None:
    """Refuse a copy given at no time or in no way, and one refused for no reason (PUB-29)."""
    needed = ("given_on", "way") if said.is_given else ("why_not",)
    for field in needed:
        if getattr(said, field) is None:
            raise AnswerRefused(field, "Enter this: a copy is given to who asks (PUB-29).")


def _must_be_since(published_on: date, today: date, said: RecordArchivedCopy) -> None:
    """Refuse days to come, before publication, and a copy given before it was asked for."""
    if not published_on <= said.asked_on <= today:
        raise AnswerRefused(
            "asked_on", f"Enter a day since it was published, {written(published_on)}, up to today."
        )
    if said.given_on is not None and not said.asked_on <= said.given_on <= today:
        raise AnswerRefused("given_on", "Enter a day since it was asked for, up to today.")

"""What practitioners who took part say of the draft, before the report is final (PUB-19).

Who took part came to a learning event, or was heard in a conversation. Where nobody did, nobody is
asked: not every method has practitioners take part in person.
"""

from collections.abc import Iterable, Iterator
from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import AgencyChoice, Command, LongText, Rows
from services.casework.steps.learning_event.asking import (
    PractitionersAsked,
    RemarkOfDraft,
    must_say_how_asked,
)
from services.casework.steps.learning_event.draft_heard import (
    must_answer_each,
    remarks_not_answered,
)
from services.casework.steps.learning_event.holding import RecordLearningEvent
from services.casework.steps.learning_event.leads_draft import first_drafted_on
from services.database.cases import Case
from services.database.history import entries_of_review
from services.database.partnerships import agency_names
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.learning_events import FeedbackAnswer, Presence
from services.domain.roles import Permission
from services.domain.workflow import Stage


class PractitionerRemark(RemarkOfDraft):
    """One thing that a practitioner says of the draft, and what becomes of it."""

    answer: FeedbackAnswer = Field(title="What becomes of it?")
    words: LongText = Field(title="What is changed, or why not?")


class PractitionersNotAsked(Command):
    """An agency whose practitioners took part and are not asked about the draft."""

    agency: AgencyChoice = Field(title="Of which agency?")
    why: LongText = Field(
        title="Why are they not asked?",
        description="Such as that they have left, that they decline, or that the agency was chosen "
        "in error.",
    )


class RecordPractitionerFeedback(PractitionersAsked):
    """What practitioners who took part say of the newest draft, and what becomes of it (PUB-19).

    They are shown what was learnt, and say whether the analysis is right. Nobody is named. Of an
    agency whose practitioners are not asked it says why; who signs the report reads it.
    """

    remarks: Annotated[tuple[PractitionerRemark, ...], Rows(3, "remark")] = Field(
        default=(), title="What do they say of its accuracy?"
    )
    not_asked: Annotated[tuple[PractitionersNotAsked, ...], Rows(2, "agency")] = Field(
        default=(), title="Practitioners of which agencies took part and are not asked?"
    )


class FeedbackKept(RecordPractitionerFeedback):
    """What is kept of it: with the version of the draft."""

    version: int = Field(title="Version of the draft")


def record_practitioner_feedback(
    work: UnitOfWork, case_id: CaseId, command: RecordPractitionerFeedback
) -> Case:
    """Keep what they say of the newest draft, with an answer to each remark (PUB-19)."""
    case = begin(work, case_id, RECORD_PRACTITIONER_FEEDBACK, command)
    if case.report_version == 0:
        raise StepNotOpen("There is no draft report yet.")
    _must_say_why_not_asked(work, case, command)
    must_answer_each(work, case, iter(command.remarks), "remarks")
    if command.agencies:
        must_say_how_asked(work, case, command, first_drafted_on(work, case))
    else:
        _must_say_nothing_of_asking(command)
    kept = FeedbackKept(**dict(command), version=case.report_version)
    record_entry_as(work, case, RECORD_PRACTITIONER_FEEDBACK, command, Entered(kept=kept))
    return case


def has_draft(_work: UnitOfWork, case: Case) -> bool:
    """Tell whether there is a draft report that practitioners can be asked about."""
    return case.report_version > 0


RECORD_PRACTITIONER_FEEDBACK = Act(
    name="record_practitioner_feedback",
    command=RecordPractitionerFeedback,
    perform=record_practitioner_feedback,
    permission=Permission.HOLD_LEARNING_EVENT,
    doing="record what practitioners say of the draft",
    stages=frozenset({Stage.LOCAL_REVIEW}),
    entry=EntryType.PRACTITIONERS_ANSWERED,
    kept=FeedbackKept,
    shows=(EntryType.DRAFT_SUBMITTED,),
    is_offered=has_draft,
    section=Section.DRAFT_REPORT,
    holds_family_data=True,
)


def not_asked_yet(work: UnitOfWork, case: Case) -> frozenset[UUID]:
    """Return the agencies whose practitioners took part, and were asked about no draft.

    One of which it is on record why they are not asked is left out.
    """
    said = _feedback(work, case)
    settled = {agency for one in said for agency in one.agencies}
    settled |= {row.agency for one in said for row in one.not_asked}
    return frozenset(_took_part(work, case)) - settled


def must_have_asked_practitioners(work: UnitOfWork, case: Case) -> None:
    """Refuse a draft on which who took part was not asked, or that leaves out a change (PUB-19)."""
    left = not_asked_yet(work, case)
    if left:
        named = agency_names(work.session)
        raise AnswerRefused(
            "ready",
            "Ask the practitioners who took part what they think of the draft first, or say "
            "why they are not asked (PUB-19): "
            f"{', '.join(sorted(named[one] for one in left))}.",
        )
    if remarks_not_answered(work, case):
        raise AnswerRefused(
            "ready", "Say first what becomes of what practitioners said of the draft (PUB-19)."
        )
    promised = (one for one in _feedback(work, case) if one.version == case.report_version)
    if any(_is_changed(one.remarks) for one in promised):
        raise AnswerRefused(
            "ready", "A change was promised to practitioners: it comes in another version first."
        )


def _must_say_nothing_of_asking(command: RecordPractitionerFeedback) -> None:
    """Refuse a record of nobody, and words of practitioners of whom none was asked (PUB-19)."""
    if command.says_of_asking or not command.not_asked:
        raise AnswerRefused(
            "agencies", "Choose each agency whose practitioners were asked, or say only why not."
        )


def _must_say_why_not_asked(
    work: UnitOfWork, case: Case, command: RecordPractitionerFeedback
) -> None:
    """Refuse an agency said not to be asked that was asked, stands twice, or took no part."""
    left = [one.agency for one in command.not_asked]
    if len(set(left)) < len(left) or not set(left).isdisjoint(command.agencies):
        raise AnswerRefused("not_asked", "An agency was asked or was not: enter it once.")
    if not set(left) <= set(_took_part(work, case)):
        raise AnswerRefused("not_asked", "Choose agencies whose practitioners took part.")


def _is_changed(remarks: Iterable[PractitionerRemark]) -> bool:
    return any(one.answer is FeedbackAnswer.CHANGED for one in remarks)


def _took_part(work: UnitOfWork, case: Case) -> Iterator[UUID]:
    """Yield the agency of each who came to an event, or was heard in a conversation."""
    for entry in entries_of_review(work.session, case.id, EntryType.LEARNING_EVENT_HELD):
        for one in RecordLearningEvent.model_validate(entry.command).people:
            if one.presence is Presence.CAME:
                yield one.agency
    for entry in entries_of_review(work.session, case.id, EntryType.PRACTITIONER_HEARD):
        yield UUID(entry.subject)


def _feedback(work: UnitOfWork, case: Case) -> list[FeedbackKept]:
    found = entries_of_review(work.session, case.id, EntryType.PRACTITIONERS_ANSWERED)
    return [FeedbackKept.model_validate(one.command) for one in found]

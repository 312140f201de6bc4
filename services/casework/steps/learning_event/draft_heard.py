"""What was learnt is shared with practitioners on the list, who say whether it is right (PUB-19).

What they say is answered in the record of their feedback, which no draft goes on without.
"""

from collections.abc import Iterator
from typing import Annotated, Final
from uuid import UUID

from pydantic import Field

from services.casework.access.learning import post_key
from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import Command, Day, LongText, NeededWhen, YesNo
from services.casework.steps.learning_event.leads_draft import version_of_draft
from services.casework.steps.learning_event.participants import (
    ListedPractitioner,
    participants_on,
    write_about_draft,
)
from services.casework.steps.learning_event.plan import PostInvited
from services.database.cases import Case
from services.database.guests import guest_of
from services.database.history import Entry, entries_of_review, said_for_review
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.workflow import Stage

_ANSWERED: Final = (EntryType.PRACTITIONERS_ANSWERED, EntryType.FEEDBACK_THERE)


class AskParticipants(Command):
    """Practitioners on the list are asked what they think of what was learnt (PUB-19).

    Those who have agreed to keep the case confidential get an email with a one-time address, read
    there what is shared here, and answer. The draft itself is not shown to them.
    """

    shared: LongText = Field(
        title="What was learnt, as it is shared with them?",
        description="Such as the findings. Name nobody.",
    )
    answer_by: Day = Field(title="By when are they asked to answer?")


class AskedOfDraft(AskParticipants):
    """What is kept of it: with the version of the draft."""

    version: int = Field(title="Version of the draft")


def ask_participants(work: UnitOfWork, case_id: CaseId, command: AskParticipants) -> Case:
    """Open the page of the event to those who agreed, with what was learnt, and write to them."""
    case = begin(work, case_id, ASK_PARTICIPANTS, command)
    version = version_of_draft(work, case)
    if version == 0:
        raise StepNotOpen("There is no draft report yet.")
    asked = _may_be_asked(work, case)
    if not asked:
        raise StepNotOpen("Nobody on the list has agreed to keep the case confidential.")
    if command.answer_by <= work.today:
        raise AnswerRefused("answer_by", "Enter a day to come.")
    kept = AskedOfDraft(**dict(command), version=version)
    entry = record_entry_as(work, case, ASK_PARTICIPANTS, command, Entered(kept=kept))
    write_about_draft(work, case, asked, entry.number)
    return case


def has_whom_to_ask(work: UnitOfWork, case: Case) -> bool:
    """Tell whether there is a draft, and somebody on the list who may be asked about it."""
    return version_of_draft(work, case) > 0 and bool(_may_be_asked(work, case))


ASK_PARTICIPANTS = Act(
    name="ask_participants",
    command=AskParticipants,
    perform=ask_participants,
    permission=Permission.HOLD_LEARNING_EVENT,
    doing="ask practitioners on the list about the draft",
    stages=frozenset({Stage.LOCAL_REVIEW, Stage.JOINT_REVIEW}),
    entry=EntryType.PARTICIPANTS_ASKED,
    kept=AskedOfDraft,
    is_offered=has_whom_to_ask,
    section=Section.INTERNAL,
    holds_family_data=True,
)


class SayOfDraft(Command):
    """What you think of what was learnt, before it is final (PUB-19). Name nobody."""

    is_right: YesNo = Field(title="Is it right, as far as you know?")
    remark: Annotated[LongText | None, NeededWhen("if it is not right")] = Field(
        default=None, title="What is not right, or is left out?"
    )
    practice: LongText | None = Field(
        default=None, title="How can it be brought into daily practice?"
    )


class SaidOfDraft(SayOfDraft, PostInvited):
    """What is kept of it: with the post, the version of the draft, and no name."""

    version: int = Field(title="Version of the draft")


def say_of_draft(work: UnitOfWork, case_id: CaseId, command: SayOfDraft) -> Case:
    """Keep what a practitioner thinks of what was learnt; what they say last stands."""
    case = begin(work, case_id, SAY_OF_DRAFT, command)
    asked, guest = asked_of_draft(work, case), guest_of(work.session, work.actor.person_id)
    if asked is None or guest is None:
        raise StepNotOpen("Nothing is shared with you yet.")
    if not command.is_right and command.remark is None:
        raise AnswerRefused("remark", "Say what is not right.")
    who = {"agency": guest.agency_id, "post": guest.post, "version": asked.version}
    entered = Entered(subject=str(guest.person_id), kept=SaidOfDraft(**dict(command), **who))
    record_entry_as(work, case, SAY_OF_DRAFT, command, entered)
    return case


SAY_OF_DRAFT = Act(
    name="say_of_draft",
    command=SayOfDraft,
    perform=say_of_draft,
    permission=Permission.TAKE_PART_IN_EVENT,
    doing="say what you think of what was learnt",
    stages=frozenset({Stage.LOCAL_REVIEW, Stage.JOINT_REVIEW}),
    entry=EntryType.PARTICIPANT_ANSWERED,
    kept=SaidOfDraft,
    is_listed=False,
    section=Section.INTERNAL,
    holds_family_data=True,
)


def asked_of_draft(work: UnitOfWork, case: Case) -> AskedOfDraft | None:
    """Return what was shared with practitioners last, if anything was."""
    asked = entries_of_review(work.session, case.id, EntryType.PARTICIPANTS_ASKED)
    return AskedOfDraft.model_validate(asked[-1].command) if asked else None


def said_of_draft(work: UnitOfWork, case: Case) -> dict[UUID, SaidOfDraft]:
    """Return what each practitioner on the list said last, by the person."""
    found = entries_of_review(work.session, case.id, EntryType.PARTICIPANT_ANSWERED)
    return {UUID(one.subject): SaidOfDraft.model_validate(one.command) for one in found}


def remarks_not_answered(work: UnitOfWork, case: Case) -> tuple[SaidOfDraft, ...]:
    """Return the remarks of practitioners on the list that no record of feedback answers yet."""
    recorded = said_for_review(work.session, case.id, *_ANSWERED)
    since = recorded[-1].number if recorded else 0
    return tuple(_remarks(_newest_of_each(work, case, since)))


def must_answer_each(
    work: UnitOfWork, case: Case, answered: Iterator[PostInvited], field: str
) -> None:
    """Refuse a record of feedback that leaves out a remark of a practitioner on the list."""
    told = {post_key(one.agency, one.post) for one in answered}
    left = [
        one.post
        for one in remarks_not_answered(work, case)
        if post_key(one.agency, one.post) not in told
    ]
    if left:
        raise AnswerRefused(field, f"Leave out the remark of nobody (PUB-19): {', '.join(left)}.")


def _newest_of_each(work: UnitOfWork, case: Case, since: int) -> Iterator[Entry]:
    found = entries_of_review(work.session, case.id, EntryType.PARTICIPANT_ANSWERED)
    yield from {one.subject: one for one in found if one.number > since}.values()


def _remarks(entries: Iterator[Entry]) -> Iterator[SaidOfDraft]:
    for one in entries:
        said = SaidOfDraft.model_validate(one.command)
        if said.remark is not None:
            yield said


def _may_be_asked(work: UnitOfWork, case: Case) -> list[ListedPractitioner]:
    listed = participants_on(work, case)
    return [one for one in listed if one.has_agreed and one.is_let_in]

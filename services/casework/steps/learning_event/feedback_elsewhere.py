"""What practitioners of partnerships that contribute say of our draft, before it goes on (PUB-19).

They say it through their own partnership. What becomes of it, or why the draft goes on without
them, is said where the draft is assured.
"""

from collections.abc import Collection
from uuid import UUID

from pydantic import Field

from services.casework.commands import Command
from services.casework.joint.arrival import received_from
from services.casework.joint.membership import fellow_members
from services.database.cases import Case
from services.database.history import entries_of_review, facts
from services.database.shown import known_partnerships
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused
from services.domain.joint_reviews import ASKS_AGENCIES
from services.domain.learning_events import Presence


class RemarkElsewhere(Command):
    """One thing that a practitioner of another partnership's agency says of the draft."""

    agency: str = Field(title="Of which agency?")
    post: str = Field(title="Which post?")
    remark: str = Field(title="What do they say of the draft?")


class FeedbackElsewhere(Command):
    """What practitioners of another partnership say of our draft, in the words of theirs."""

    partnership: str = Field(title="Which partnership?")
    version: int = Field(title="Version of the draft")
    agencies: str = Field(default="", title="Practitioners of which agencies were asked?")
    shared: str | None = Field(default=None, title="How was the learning shared with them?")
    remarks: tuple[RemarkElsewhere, ...] = Field(
        default=(), title="What do they say of its accuracy?"
    )
    no_remark: str | None = Field(default=None, title="Why is there no remark?")
    practice: str | None = Field(
        default=None, title="What do they say of bringing the learning into daily practice?"
    )
    not_asked: str | None = Field(default=None, title="Who is not asked, and why?")


def must_answer_elsewhere(work: UnitOfWork, case: Case, answer: str | None) -> None:
    """Refuse a draft that passes over practitioners of a partnership that contributes (PUB-19).

    ``answer`` says what becomes of their remarks, and why the draft goes on without the others.
    """
    if answer is not None:
        return
    named, said = known_partnerships(work.session), _said(work, case)
    asked = _asked(work, case, said)
    silent = sorted(named[one] for one in asked if one not in said)
    if silent:
        raise AnswerRefused(
            "elsewhere",
            "Say why the draft goes on without what practitioners say of it through their own "
            f"partnership, or wait for it (PUB-19): {', '.join(silent)}.",
        )
    remarked = sorted(named[one] for one in asked if one in said and said[one].remarks)
    if remarked:
        raise AnswerRefused(
            "elsewhere",
            "Say what becomes of what practitioners of another partnership say of the draft "
            f"(PUB-19): {', '.join(remarked)}.",
        )


def _asked(work: UnitOfWork, case: Case, said: Collection[UUID]) -> list[UUID]:
    """Return the partnerships whose practitioners are to be heard of it, or were."""
    members = (one for one in fellow_members(work, case) if one.part.holds(ASKS_AGENCIES))
    ids = [one.tenant_id for one in members if not one.is_lead]
    return [one for one in ids if one in said or _may_have_come(work, case, one)]


def _said(work: UnitOfWork, case: Case) -> dict[UUID, FeedbackElsewhere]:
    """Return what each partnership said last, by its id."""
    found = entries_of_review(work.session, case.id, EntryType.FEEDBACK_ELSEWHERE)
    return {
        received_from(one.subject)[1]: FeedbackElsewhere.model_validate(one.command)
        for one in found
    }


def _may_have_come(work: UnitOfWork, case: Case, partnership: UUID) -> bool:
    """Tell whether practitioners of theirs came to the event that we held, or may have come.

    Where no event was held, none of theirs took part, and none is asked (decision 0075).
    """
    if not facts(work.session, case.id, EntryType.LEARNING_EVENT_HELD):
        return False
    told = entries_of_review(work.session, case.id, EntryType.PRACTITIONERS_ELSEWHERE)
    own = [one for one in told if received_from(one.subject)[1] == partnership]
    if not own:
        return True
    return any(row.get("presence") in {None, Presence.CAME} for row in own[-1].command["people"])

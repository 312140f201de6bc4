"""What was shared with the family of the reasons and of the learning, or why not (RR-33, DEC-14).

Whether they are shared is decided with the decision; that it was done is an act of its own.
"""

from collections.abc import Iterator
from typing import Annotated, Final

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, Day, LongText, NeededWhen, ShortText, YesNo
from services.casework.joint.matters import bearer_of, entries_said
from services.casework.steps.rounds.agreed_words import agreed_words, was_ever_agreed
from services.database.cases import Case
from services.database.history import last_fact
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.family import SharedWithFamily
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.sign_off import SignOffMatter
from services.domain.workflow import Stage

# The question of a decision that says whether it is shared, and the decisions that ask it.
_ASKED_BY: Final = {
    SharedWithFamily.LEARNING: "shares_learning",
    SharedWithFamily.REASONS: "shares_reasons",
}
_DECIDED_IN: Final = {
    SharedWithFamily.LEARNING: ((SignOffMatter.RAPID_REVIEW, EntryType.DECISION_PROPOSED),),
    SharedWithFamily.REASONS: (
        (SignOffMatter.REVIEW_REQUEST, EntryType.REQUEST_CONSIDERED),
        (SignOffMatter.RAPID_REVIEW, EntryType.DECISION_PROPOSED),
        (SignOffMatter.RAPID_REVIEW, EntryType.LOCAL_COURSE_PROPOSED),
    ),
}
_IF_SHARED: Final = ("shared_on", "with_whom", "by_whom", "how")
_AFTER_REFUSED_REQUEST: Final = frozenset({Stage.NOT_NOTIFIED, Stage.CLOSED})


class RecordFamilyTold(Command):
    """What the family was told of the reasons for the decision, or of the learning (RR-33, DEC-14).

    Record it once it is done, also when it was decided otherwise at first; or why it is not done.
    """

    what: SharedWithFamily = Field(title="What is it about?")
    was_shared: YesNo = Field(title="Was it shared with the family?")
    shared_on: Annotated[Day | None, NeededWhen("if it was shared")] = Field(
        default=None, title="On which day?"
    )
    with_whom: Annotated[ShortText | None, NeededWhen("if it was shared")] = Field(
        default=None, title="With whom?"
    )
    by_whom: Annotated[ShortText | None, NeededWhen("if it was shared")] = Field(
        default=None, title="By whom?", description="Their name and post."
    )
    how: Annotated[ShortText | None, NeededWhen("if it was shared")] = Field(
        default=None, title="How?", description="For example at a visit, or in a letter."
    )
    said: LongText | None = Field(default=None, title="What did they say?")
    why_not: Annotated[LongText | None, NeededWhen("if it was not shared")] = Field(
        default=None, title="Why was it not shared?"
    )


def record_family_told(work: UnitOfWork, case_id: CaseId, command: RecordFamilyTold) -> Case:
    """Keep what was shared with the family, when, by whom and how, or why it was not (DEC-14)."""
    case = begin(work, case_id, RECORD_FAMILY_TOLD, command)
    if not is_decided(work, case):
        raise StepNotOpen("The partners decide first: then the reasons and the learning are told.")
    _must_be_told_in_full(work, command)
    record_entry(work, case, RECORD_FAMILY_TOLD, command, subject=command.what)
    return case


def is_decided(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the partners have decided what a family may be told the reasons of.

    Of a case that joins a review, what all partners have agreed to on the case that leads it.
    """
    if case.decided_on is not None:
        return True
    if not bearer_of(work, case, SignOffMatter.RAPID_REVIEW).is_own(case):
        return was_ever_agreed(work, case, SignOffMatter.RAPID_REVIEW)
    was_asked_for = last_fact(work.session, case.id, EntryType.REQUEST_CONSIDERED) is not None
    return was_asked_for and case.stage in _AFTER_REFUSED_REQUEST


RECORD_FAMILY_TOLD = Act(
    name="record_family_told",
    command=RecordFamilyTold,
    which="what",
    perform=record_family_told,
    permission=Permission.RUN_LEARNING,
    doing="record what the family was told",
    stages=frozenset(
        {
            Stage.NOT_NOTIFIED,
            Stage.RAPID_REVIEW,
            Stage.JOINT_REVIEW,
            Stage.WITH_PANEL,
            Stage.NATIONAL_REVIEW,
            Stage.COMMISSIONING,
            Stage.LOCAL_REVIEW,
            Stage.PUBLICATION,
            Stage.EMBEDDING,
            Stage.CLOSED,
        }
    ),
    entry=EntryType.FAMILY_TOLD,
    is_offered=is_decided,
    section=Section.INTERNAL,
    holds_family_data=True,
)


def still_to_tell(work: UnitOfWork, case: Case) -> Iterator[SharedWithFamily]:
    """Yield what is decided to be shared with the family, and not on record as told since.

    Of each kind of decision the newest that all partners agreed to says it: a proposal that waits
    takes the place of none, and the course of a local review not that of the decision on it.
    In a joint review they are those of the case that leads it.
    """
    for what, decided in _DECIDED_IN.items() if is_decided(work, case) else ():
        if any(_is_untold(work, case, what, matter, kind) for matter, kind in decided):
            yield what


def _is_untold(
    work: UnitOfWork, case: Case, what: SharedWithFamily, matter: SignOffMatter, kind: EntryType
) -> bool:
    """Tell whether the newest agreed decision of the kind shares it, and nobody recorded it since.

    A decision that the actor does not read, such as one under a police mark, says nothing here.
    """
    agreed = agreed_words(work, case, matter, kind)
    told = last_fact(work.session, case.id, EntryType.FAMILY_TOLD, what)
    # By the moment and not by the number: what the lead decided is counted on another case.
    if agreed is None or (told is not None and told.at >= agreed.since):
        return False
    said = entries_said(work, case, matter, kind)
    return any(one.id == agreed.put_by.id and one.command.get(_ASKED_BY[what]) for one in said)


def _must_be_told_in_full(work: UnitOfWork, said: RecordFamilyTold) -> None:
    """Refuse what was shared without when, with whom, by whom and how; what was not without why."""
    for field in _IF_SHARED:
        if bool(getattr(said, field)) is not said.was_shared:
            says = (
                "Answer this too." if said.was_shared else "You have said that it was not shared."
            )
            raise AnswerRefused(field, says)
    if said.shared_on is not None and said.shared_on > work.today:
        raise AnswerRefused("shared_on", "Enter a day and time that are not in the future.")
    if bool(said.why_not) is said.was_shared:
        says = "You have said that it was shared." if said.was_shared else "Say why not (DEC-14)."
        raise AnswerRefused("why_not", says)

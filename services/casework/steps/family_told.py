"""What was shared with the family of the reasons and of the learning, or why not (RR-33, DEC-14).

Whether they are shared is decided with the decision; that it was done is an act of its own.
"""

from collections.abc import Iterator
from typing import Annotated, Final

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, Day, LongText, NeededWhen, ShortText, YesNo
from services.database.cases import Case
from services.database.history import all_of, last_fact
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.family import SharedWithFamily
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.workflow import Stage

# The questions of a decision that say whether it is shared, and the decisions that ask them.
_DECIDED_IN: Final = {
    SharedWithFamily.LEARNING: ("shares_learning", (EntryType.DECISION_PROPOSED,)),
    SharedWithFamily.REASONS: (
        "shares_reasons",
        (
            EntryType.REQUEST_CONSIDERED,
            EntryType.DECISION_PROPOSED,
            EntryType.LOCAL_COURSE_PROPOSED,
        ),
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
    """Tell whether the partners have decided what a family may be told the reasons of."""
    if case.decided_on is not None:
        return True
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
    """Yield what the newest decision shares with the family, and nobody has recorded since.

    A decision that the actor does not read, such as one under a police mark, says nothing here.
    """
    for what, (question, kinds) in _DECIDED_IN.items():
        decided = all_of(work.session, case.id, *kinds)
        told = last_fact(work.session, case.id, EntryType.FAMILY_TOLD, what)
        is_shared = bool(decided) and bool(decided[-1].command.get(question))
        if is_shared and (told is None or told.number < decided[-1].number):
            yield what


def _must_be_told_in_full(work: UnitOfWork, said: RecordFamilyTold) -> None:
    """Refuse what was shared without when, with whom, by whom and how; what was not without why."""
    for field in _IF_SHARED:
        if bool(getattr(said, field)) is not said.was_shared:
            says = (
                "Answer this too." if said.was_shared else "You have said that it was not shared."
            )
            raise AnswerRefused(field, says)
    if said.shared_on is not None and said.shared_on > work.today:
        raise AnswerRefused("shared_on", "This cannot be in the future.")
    if bool(said.why_not) is said.was_shared:
        says = "You have said that it was shared." if said.was_shared else "Say why not (DEC-14)."
        raise AnswerRefused("why_not", says)

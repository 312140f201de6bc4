"""The learning is shared by a plan, with a briefing that is read in seven minutes (EMB-07)."""

from collections.abc import Collection, Iterator

from services.casework.act import Act, begin, latest_command, record_entry
from services.casework.effects import order_document, policy_of
from services.casework.steps.embedding.briefing_said import WriteBriefing
from services.casework.steps.embedding.sharing_asked import ask_for_sharing
from services.casework.steps.tells_of_nobody import must_tell_of_nobody
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.anonymity.known import Passage
from services.domain.briefings import SharingWay
from services.domain.clocks.sharing_policy import SharingPolicy
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.labels import label
from services.domain.roles import Permission
from services.domain.workflow import Stage, Step


def write_briefing(work: UnitOfWork, case_id: CaseId, command: WriteBriefing) -> Case:
    """Keep the briefing and the plan of its sharing; their papers are made (EMB-07, LC-09).

    Each part of the plan is a task with its last day, and each agency confirms the briefing.

    Raises AnswerRefused where nobody is reached or a way of the policy is left out, for a day that
    has passed, and for what tells of the case: it leaves for everybody who works with children. A
    later one takes its place.
    """
    case = begin(work, case_id, WRITE_BRIEFING, command)
    if not command.sharing:
        raise AnswerRefused("sharing", "Enter at least one way in which the learning is shared.")
    if any(one.last_day < work.today for one in command.sharing):
        raise AnswerRefused("sharing", "Enter a day that is not in the past.")
    must_have_each_format(policy_of(case).sharing, {one.way for one in command.sharing})
    must_tell_of_nobody(work, case, _passages(command))
    entry = record_entry(work, case, WRITE_BRIEFING, command)
    for kind in (DocumentKind.PRACTICE_BRIEFING, DocumentKind.DISSEMINATION_PLAN):
        order_document(work, entry, Step.EMBED, kind)
    ask_for_sharing(work, case)
    return case


def briefing_on_record(work: UnitOfWork, case: Case) -> WriteBriefing | None:
    """Return the newest briefing, with which the form of the next one opens."""
    return latest_command(work, case, EntryType.BRIEFING_WRITTEN, WriteBriefing)


def must_have_each_format(chosen: SharingPolicy, said: Collection[SharingWay]) -> None:
    """Refuse a plan without a way in which the partnership shares learning in any case (EMB-07)."""
    left_out = [label(one) for one in chosen.sharing_formats if one not in said]
    if left_out:
        raise AnswerRefused(
            "sharing", f"By your policy learning is also shared {', and '.join(left_out)}: add it."
        )


def _passages(command: WriteBriefing) -> Iterator[Passage]:
    """Yield what is typed, each under the name of its answer."""
    for name, said in command:
        if isinstance(said, str):
            yield Passage(name, said)
    for one in command.sharing:
        yield Passage("sharing", f"{one.audience}. {one.by_whom}")


WRITE_BRIEFING = Act(
    name="write_briefing",
    command=WriteBriefing,
    perform=write_briefing,
    permission=Permission.RUN_LEARNING,
    doing="write the briefing on the learning",
    stages=frozenset({Stage.EMBEDDING}),
    entry=EntryType.BRIEFING_WRITTEN,
    shows=(EntryType.PLAN_PROPOSED,),
    section=Section.ACTION_PLAN,
)

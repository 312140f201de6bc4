"""What was held of the plan by which the learning is shared, until nothing more is to come."""

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import named
from services.casework.effects import close_todos, order_document
from services.casework.past_days import must_be_past
from services.casework.steps.embedding.sharing_asked import subject_of
from services.casework.steps.embedding.sharing_said import RecordSharing, SharingRecorded
from services.casework.steps.embedding.sharing_standing import sharing_parts
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.briefings import SharingCame
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step

_WHEN_HELD = ("held_on", "who_came", "how_many")


def record_sharing(work: UnitOfWork, case_id: CaseId, command: RecordSharing) -> Case:
    """Keep what was held of one part of the plan; it is asked for until it is done (EMB-07).

    The paper of the plan says it too. Raises AnswerRefused for a part that there is not, and for
    what was held without its day, who came and how many.
    """
    case = begin(work, case_id, RECORD_SHARING, command)
    not_there = AnswerRefused("sharing", "Choose a part of the plan of sharing that stands.")
    part = named(sharing_parts(work, case), command.sharing, not_there)
    _must_be_whole(work, command)
    kept = SharingRecorded(**dict(command) | dict(part.said))
    entry = record_entry_as(
        work, case, RECORD_SHARING, command, Entered(subject=str(part.id), kept=kept)
    )
    if command.came is not SharingCame.MORE_TO_COME:
        close_todos(work, case, Todo.SHARE_LEARNING, subject=subject_of(part))
    order_document(work, entry, Step.EMBED, DocumentKind.DISSEMINATION_PLAN)
    return case


def has_sharing(work: UnitOfWork, case: Case) -> bool:
    """Tell whether there is a plan of sharing the learning."""
    return bool(sharing_parts(work, case))


RECORD_SHARING = Act(
    name="record_sharing",
    command=RecordSharing,
    which="sharing",
    perform=record_sharing,
    permission=Permission.RUN_LEARNING,
    doing="record how the learning was shared",
    stages=frozenset({Stage.EMBEDDING}),
    entry=EntryType.SHARING_RECORDED,
    kept=SharingRecorded,
    todo=Todo.SHARE_LEARNING,
    is_offered=has_sharing,
    section=Section.ACTION_PLAN,
)


def _must_be_whole(work: UnitOfWork, command: RecordSharing) -> None:
    """Refuse what was held without its day, who came and how many; and those where it was not."""
    was_held = command.came is not SharingCame.NOT_HELD
    for field in _WHEN_HELD:
        if was_held and getattr(command, field) is None:
            raise AnswerRefused(field, "Enter this of what was held (EMB-07).")
        if not was_held and getattr(command, field) is not None:
            raise AnswerRefused(field, "Leave this empty if it was not held.")
    if command.held_on is not None:
        must_be_past(work, "held_on", command.held_on)

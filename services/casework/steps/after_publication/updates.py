"""What is published of a review after its report: an update of it, or a summary of progress.

No source asks for one. What is published counts as the report does: nobody is known by it (PUB-16).
"""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import (
    Command,
    Day,
    KeptFileChoice,
    LongText,
    NeededWhen,
    ShortText,
)
from services.casework.steps.after_publication.conditions import (
    checked_file,
    must_be_since,
    must_be_web_address,
)
from services.casework.steps.publication.archived_copies import is_published
from services.casework.steps.tells_of_nobody import must_tell_of_nobody
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.anonymity.known import Passage
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.publication_days import UpdateKind
from services.domain.roles import Permission
from services.domain.workflow import Stage


class RecordUpdate(Command):
    """What was published of the review after its report, and where (PUB-16).

    Its words are compared with the names, days and places of the case, as those of a report are. It
    is told here by who reads those and follows up what came of the review.
    """

    kind: UpdateKind = Field(title="What was published?")
    published_on: Day = Field(title="When was it published?")
    address: ShortText = Field(title="Its web address")
    text: Annotated[LongText | None, NeededWhen("unless it is a file of its own")] = Field(
        default=None, title="What does it say, in full?"
    )
    file: Annotated[KeptFileChoice | None, NeededWhen("if it is a file of its own")] = Field(
        default=None,
        title="Which file is it?",
        description="A PDF that is added under Documents, and put forward to be checked.",
    )


def record_update(work: UnitOfWork, case_id: CaseId, command: RecordUpdate) -> Case:
    """Keep what was published; each later one stands beside those before.

    Raises StepNotOpen where no report is published, and AnswerRefused for what tells of the case.
    """
    case = begin(work, case_id, RECORD_UPDATE, command)
    if case.published_on is None or not is_published(work, case):
        raise StepNotOpen("No report of this case is published: there is nothing to follow it.")
    must_be_since(work, command.published_on, case.published_on, "published_on")
    must_be_web_address(command.address)
    if (command.text is None) is (command.file is None):
        raise AnswerRefused("text", "Enter its text, or choose its file: one of the two (PUB-16).")
    if command.file is not None:
        checked_file(work, case, command.file)
    must_tell_of_nobody(work, case, _passages(command))
    record_entry(work, case, RECORD_UPDATE, command)
    return case


def _passages(command: RecordUpdate) -> Iterator[Passage]:
    """Yield what is typed and is public, each under the name of its answer."""
    yield Passage("address", command.address)
    if command.text is not None:
        yield Passage("text", command.text)


RECORD_UPDATE = Act(
    name="record_update",
    command=RecordUpdate,
    perform=record_update,
    permission=Permission.RUN_LEARNING,
    doing="record an update that was published after the report",
    stages=frozenset({Stage.EMBEDDING, Stage.CLOSED}),
    entry=EntryType.UPDATE_PUBLISHED,
    is_offered=is_published,
    shows=(EntryType.PUBLISHED, EntryType.ANONYMITY_CHECKED),
    section=Section.PUBLICATION,
)

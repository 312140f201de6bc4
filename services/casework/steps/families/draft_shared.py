"""The draft report is shared with the family where possible, and what they say answered (FAM-11).

They correct facts of their personal details. On the rest they comment: what the report says is the
lead reviewer's, and no comment changes it at their word.
"""

from typing import Annotated

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import (
    Command,
    Day,
    LongText,
    NeededWhen,
    Rows,
    ShortText,
    YesNo,
    part_of,
)
from services.casework.steps.families.in_report import invited_family
from services.casework.steps.families.involvement import RelativeNamed, named_relative
from services.casework.steps.other_reviews.held_back import Heeded, must_heed_showing
from services.casework.steps.police_marks.marks_carried import carry_marks
from services.database.cases import Case
from services.database.history import all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.families import RemarkAbout, RemarkAnswer
from services.domain.family import Relation
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.workflow import Stage

_IF_SHARED = ("shared_on", "by_whom", "said")


class DraftRemark(Command):
    """One thing that a person says of the draft, and what they are answered."""

    remark: LongText = Field(title="What do they say of the draft?")
    about: RemarkAbout = Field(title="What is it about?")
    answer: RemarkAnswer = Field(title="What becomes of it?")
    words: LongText = Field(title="What are they told, and why?")


class DraftSharing(Command):
    """Whether the draft was shared with one person, and what they said of it."""

    was_shared: YesNo = Field(
        title="Was the draft report shared with them? (FAM-11)",
        description="The main findings, the recommendations and the plans for publication.",
    )
    shared_on: Annotated[Day | None, NeededWhen("if it was shared")] = Field(
        default=None, title="When?"
    )
    by_whom: Annotated[ShortText | None, NeededWhen("if it was shared")] = Field(
        default=None, title="By whom, and how?", description="Their name and post."
    )
    said: Annotated[LongText | None, NeededWhen("if it was shared")] = Field(
        default=None, title="What did they say of it as a whole?"
    )
    remarks: Annotated[tuple[DraftRemark, ...], Rows(3, "remark")] = Field(
        default=(),
        title="Each correction and comment",
        description="They may correct facts of their personal details, and comment on the rest. It "
        "gives them no say over the text.",
    )
    why_not: Annotated[LongText | None, NeededWhen("if it was not shared")] = Field(
        default=None, title="Why was it not possible?"
    )
    heeded: Heeded = None


class RecordDraftShared(DraftSharing, RelativeNamed):
    """The newest version of the draft, and one person of the family who is invited (FAM-11)."""


class DraftSharedKept(DraftSharing):
    """What is kept of it: the person by name, and which version it was."""

    name: str = Field(title="Who")
    relations: tuple[Relation, ...] = Field(default=(), title="Relation to the child")
    version: int = Field(title="Version of the draft")


def record_draft_shared(work: UnitOfWork, case_id: CaseId, command: RecordDraftShared) -> Case:
    """Keep that the newest draft was shared, with an answer to each remark, or why it was not."""
    case = begin(work, case_id, RECORD_DRAFT_SHARED, command)
    if not may_share_draft(work, case):
        raise AnswerRefused("was_shared", "There is no draft report yet, or nobody is invited.")
    found = named_relative(work, case, command.person)
    if found.entry is None or found.person.id not in {
        one.person.id for one in invited_family(work, case)
    }:
        raise AnswerRefused("person", "Choose somebody who is invited to take part.")
    _must_be_said_in_full(work, command)
    _must_be_theirs_to_correct(command)
    if command.was_shared:
        must_heed_showing(work, case, command.heeded)
    kept = DraftSharedKept(
        **dict(part_of(command, DraftSharing)),
        name=found.person.name,
        relations=found.person.relations,
        version=case.report_version,
    )
    entered = Entered(subject=str(found.person.id), kept=kept)
    entry = record_entry_as(work, case, RECORD_DRAFT_SHARED, command, entered)
    carry_marks(work, case, found.entry, entry)
    return case


def may_share_draft(work: UnitOfWork, case: Case) -> bool:
    """Tell whether there is a draft, and somebody of the family who is invited."""
    return case.report_version > 0 and bool(invited_family(work, case))


RECORD_DRAFT_SHARED = Act(
    name="record_draft_shared",
    command=RecordDraftShared,
    which="person",
    perform=record_draft_shared,
    permission=Permission.INVOLVE_FAMILY,
    doing="record that the draft was shared with the family",
    stages=frozenset({Stage.LOCAL_REVIEW, Stage.PUBLICATION}),
    entry=EntryType.DRAFT_SHARED_WITH_FAMILY,
    kept=DraftSharedKept,
    is_offered=may_share_draft,
    section=Section.INTERNAL,
    holds_family_data=True,
)


def must_be_shared(work: UnitOfWork, case: Case) -> None:
    """Refuse a draft that goes on unshared, or without a correction that was promised (FAM-11)."""
    shared = all_of(work.session, case.id, EntryType.DRAFT_SHARED_WITH_FAMILY)
    newest = {one.subject: DraftSharedKept.model_validate(one.command) for one in shared}
    left = [
        one.person.name for one in invited_family(work, case) if str(one.person.id) not in newest
    ]
    if left:
        raise AnswerRefused(
            "ready",
            f"Share the draft with the family, or say why that is not possible (FAM-11): "
            f"{', '.join(left)}.",
        )
    if any(_is_to_be_corrected(one, case.report_version) for one in newest.values()):
        raise AnswerRefused(
            "ready", "A correction was promised to the family: it comes in another version first."
        )


def draft_begun(work: UnitOfWork, case: Case, of: str) -> RelativeNamed | None:
    """Return the person whom the form is opened for."""
    found = (one.person.id for one in invited_family(work, case))
    return next((RelativeNamed(person=one) for one in found if str(one) == of), None)


def draft_reader(work: UnitOfWork, case: Case, of: str) -> str:
    """Return the id of somebody who is invited, as forms name them; nothing if nobody is it."""
    return next((of for one in invited_family(work, case) if str(one.person.id) == of), "")


def _is_to_be_corrected(shared: DraftSharedKept, version: int) -> bool:
    corrected = RemarkAnswer.CORRECTED
    return shared.version == version and any(one.answer is corrected for one in shared.remarks)


def _must_be_said_in_full(work: UnitOfWork, said: DraftSharing) -> None:
    """Refuse what was shared without when and by whom, and what was not without why (FAM-11)."""
    for field in _IF_SHARED:
        if bool(getattr(said, field)) is not said.was_shared:
            says = "Answer this too." if said.was_shared else "You said that it was not shared."
            raise AnswerRefused(field, says)
    if said.shared_on is not None and said.shared_on > work.today:
        raise AnswerRefused("shared_on", "Enter a day that is not in the future.")
    if said.remarks and not said.was_shared:
        raise AnswerRefused("remarks", "You said that it was not shared.")
    if bool(said.why_not) is said.was_shared:
        says = "You said that it was shared." if said.was_shared else "Say why not (FAM-11)."
        raise AnswerRefused("why_not", says)


def _must_be_theirs_to_correct(said: DraftSharing) -> None:
    """Refuse that anything but a fact of their personal details is corrected (FAM-11)."""
    for one in said.remarks:
        if one.about is RemarkAbout.OTHER and one.answer is RemarkAnswer.CORRECTED:
            raise AnswerRefused(
                "remarks",
                "They correct facts of their personal details. Pass the rest on to the lead "
                "reviewer, who decides (FAM-11).",
            )

"""A partnership that takes part comments on what the lead shows it; the lead considers it (RR-29).

The comment is an entry of our own case, in the section that it is about. The lead has it on its own
record in our words, as a thing to consider and to answer.
"""

from pydantic import Field

from services.casework.access.shown_cases import cases_shown, what_is_shown
from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import Command, LongText, ShareableSection, ShownDocumentChoice
from services.casework.effects import place_order
from services.casework.joint.matters import bearer_of
from services.casework.joint.orders import DeliverComment
from services.database.cases import Case
from services.database.documents import Document
from services.database.joint_reviews import membership_of
from services.database.shown import SharedCase
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.sign_off import SignOffMatter
from services.domain.workflow import Stage, Step


class CommentOnShown(Command):
    """A comment on what the partnership that leads the joint review shows to yours (RR-29)."""

    section: ShareableSection = Field(
        title="On which section?", description="Of those that are shown to your partnership."
    )
    document: ShownDocumentChoice | None = Field(
        default=None, title="On which document, if it is about one?"
    )
    comment: LongText = Field(title="Your comment")


class CommentKept(Command):
    """What is kept of a comment, with the document by its title."""

    section: Section = Field(title="On which section?")
    document: str = Field(default="", title="On which document?")
    comment: str = Field(title="The comment")


def comment_on_shown(work: UnitOfWork, case_id: CaseId, command: CommentOnShown) -> Case:
    """Comment on a section or a document that the lead shows to us now."""
    case = begin(work, case_id, COMMENT_ON_SHOWN, command)
    _must_join(work, case)
    shared = lead_as_shown(work, case)
    if shared is None or command.section not in shared.sections:
        raise AnswerRefused("section", "That section is not shown to your partnership now.")
    kept = CommentKept(
        section=command.section,
        document=_title_of(work, shared, command) if command.document else "",
        comment=command.comment,
    )
    entered = Entered(kept=kept, section=command.section)
    entry = record_entry_as(work, case, COMMENT_ON_SHOWN, command, entered)
    order = DeliverComment(
        entry_id=entry.id,
        joint_review_id=shared.joint_review_id,
        partnership_id=shared.tenant_id,
    )
    place_order(work, case_id, Step.NOTIFY, order)
    return case


COMMENT_ON_SHOWN = Act(
    name="comment_on_shown",
    command=CommentOnShown,
    perform=comment_on_shown,
    permission=Permission.COMMENT_ON_SHOWN,
    doing="comment on what is shown to you",
    stages=frozenset(Stage) - {Stage.INVITED, Stage.CLOSED},
    entry=EntryType.COMMENT_MADE,
    kept=CommentKept,
    is_listed=False,
    section=Section.INTERNAL,
    is_joint=True,
)


def lead_as_shown(work: UnitOfWork, case: Case) -> SharedCase | None:
    """Return the case that leads the review which ours joins, if it is shown to us now."""
    bearer = bearer_of(work, case, SignOffMatter.RAPID_REVIEW)
    for one in cases_shown(work, case):
        if one.case_id == bearer.case_id:
            return one
    return None


def documents_shown(work: UnitOfWork, shared: SharedCase) -> list[Document]:
    """Return the documents that may be commented on, newest first."""
    return list(what_is_shown(work, shared).documents)


def _must_join(work: UnitOfWork, case: Case) -> None:
    """Refuse a case that takes part in no joint review, and the one that leads it."""
    part = membership_of(work.session, case.id)
    if part is None:
        raise RuleBroken("This case takes part in no joint review now.")
    if part.is_lead:
        raise RuleBroken("Your partnership leads: comments are made by those that take part.")


def _title_of(work: UnitOfWork, shared: SharedCase, command: CommentOnShown) -> str:
    for one in documents_shown(work, shared):
        if one.id == command.document and one.section is command.section:
            return f"{one.shown_title}, version {one.version}"
    raise AnswerRefused("document", "Choose a document that is shown in that section.")

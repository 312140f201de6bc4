"""The documents of publication: what is sent ahead of it, and what is published."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from services.casework.answers_as_text import Names
from services.casework.document_builders.case_history import CaseHistory
from services.casework.document_builders.context import (
    BuilderContext,
    DocumentContent,
    in_paragraphs,
    on_day,
    parts,
    published_at,
)
from services.casework.document_builders.filed import as_filed, filed_round
from services.casework.document_builders.report import report_text, reviewers
from services.casework.document_builders.sign_offs import signatures
from services.casework.steps.publication.beside_lead import PublicationAsked
from services.casework.steps.publication.body_comments_said import (
    CommentAnswered,
    RecordBodyComment,
)
from services.casework.steps.publication.publication_said import PublicationPlanned, ReportWithheld
from services.casework.steps.publication.published_said import Publish
from services.database.history import Entry
from services.domain.documents import PaperSection
from services.domain.entry_types import EntryType
from services.domain.labels import label
from services.domain.plain_text import capital
from services.domain.sign_off import SignOffMatter

_DECIDED_ON_PUBLICATION: Final = (EntryType.PUBLICATION_PLANNED, EntryType.PUBLICATION_WITHHELD)

_REPORT: Final = "The full text of the report below"
_IMPROVEMENTS_ALONE: Final = (
    "The information about improvements below, in full. Neither the report nor the reasons "
    "against its publication are published."
)


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided to be published, from whichever case carried it, and in which round."""

    history: CaseHistory
    names: Names
    round: int
    reviewer: Mapping[str, str]

    @property
    def public_name(self) -> dict[str, str]:
        """Return under which name the report is published; older plans say none (PUB-16)."""
        plan = _plan(self.history.last(*_DECIDED_ON_PUBLICATION))
        name = plan.public_name if isinstance(plan, PublicationPlanned) else None
        return {"Name of the review": name} if name else {}

    @property
    def is_unnamed(self) -> bool:
        """Tell whether the repository publishes it without the partnership's name (PUB-27)."""
        plan = _plan(self.history.last(*_DECIDED_ON_PUBLICATION))
        return isinstance(plan, PublicationPlanned) and plan.is_unnamed

    @property
    def how(self) -> dict[str, str]:
        """Return how the report is published, where that is not at the partnership's address."""
        plan = _plan(self.history.last(*_DECIDED_ON_PUBLICATION))
        where = plan.where if isinstance(plan, PublicationPlanned) else None
        return {"How it is published": capital(label(where))} if where else {}


def dispatch(context: BuilderContext) -> DocumentContent:
    """Build what is sent before publication: the notice with the full text (PUB-26)."""
    told = _as_sent(context)
    newest = told.history.last(*_DECIDED_ON_PUBLICATION)
    plan = _plan(newest)
    if isinstance(plan, ReportWithheld):
        what, text = _IMPROVEMENTS_ALONE, (*_improvements(plan), *_why_withheld(plan))
    else:
        what, text = _REPORT, report_text(told.history, told.names)
    positions = signatures(context.work, context.case, SignOffMatter.PUBLICATION, told.round)
    return DocumentContent(
        sections=(*text, *positions),
        addressed_to="The Panel, Ofsted and the Secretary of State for Education",
        details={
            "What will be published": what,
            "To be published on": on_day(plan.publish_on),
            **(told.how or published_at(context.case)),
            **told.public_name,
            **told.reviewer,
        },
    )


def publication_notice(context: BuilderContext) -> DocumentContent:
    """Build the notice of the decision on publication: what is published, when and why (GOV-16).

    The days that the plan avoids stay out: they may be a child's birthday.
    """
    told = _decided(context)
    newest = told.history.last(*_DECIDED_ON_PUBLICATION)
    plan = _plan(newest)
    day = {"To be published on": on_day(plan.publish_on)} | told.how
    if isinstance(plan, ReportWithheld):
        decision = "The report is not published. Information about improvements is."
        sections = _why_withheld(plan)
    else:
        decision, sections = "The report is published.", ()
    return DocumentContent(
        sections=sections,
        addressed_to="The Panel, the Department for Education and Ofsted",
        details={"Decision": decision, **day, **told.reviewer},
    )


def published_report(context: BuilderContext) -> DocumentContent:
    """Build the report as published: anonymised, and naming its reviewer (PUB-27).

    It is the text that was sent before publication, with the names in it (PUB-26), or as a
    correction of form has left it, which the partners signed since (PUB-02). Made when the text
    goes ahead it has no day in it: those bytes are published. Where the repository
    publishes it without the partnership's name, it does not say that name.
    """
    told, signed = _as_sent(context), _decided(context)
    is_after = context.history.newest.entry_type == EntryType.PUBLISHED
    published = {"Published on": on_day(context.case.published_on)} if is_after else {}
    return DocumentContent(
        sections=report_text(signed.history, signed.names | told.names),
        details={**told.public_name, **told.reviewer, **published},
        hides_partnership=told.is_unnamed,
    )


def comment_answer(context: BuilderContext) -> DocumentContent:
    """Build the partners' answer to a body's comment on the text before publication (PUB-26)."""
    entry = context.history.newest
    answer = CommentAnswered.model_validate(entry.command)
    told = context.history.all(EntryType.BODY_COMMENTED)
    (comment,) = (
        RecordBodyComment.model_validate(one.command)
        for one in told
        if one.subject == entry.subject
    )
    return DocumentContent(
        sections=parts("What the partners did with it", answer, context.names),
        addressed_to=capital(label(comment.body)),
        details={
            "Your comment of": on_day(comment.received_on),
            "To be published on": on_day(context.case.publish_on),
        },
    )


def improvement_information(context: BuilderContext) -> DocumentContent:
    """Build the information about improvements published instead of the report (PUB-25).

    Made when the text goes ahead it has neither day nor address in it: those bytes are published.
    """
    newest = context.history.newest
    published = {}
    if newest.entry_type == EntryType.IMPROVEMENTS_PUBLISHED:
        said = Publish.model_validate(newest.command)
        published = {"Published on": on_day(said.published_on), "Published at": said.address or ""}
    withheld = _decided(context).history.command(EntryType.PUBLICATION_WITHHELD, ReportWithheld)
    return DocumentContent(sections=_improvements(withheld), details=published)


def _as_sent(context: BuilderContext) -> Decided:
    """Return what was decided as the text was sent, with what it calls people and agencies.

    Whatever is renamed since, what is published is the text that was sent (decision 0085).
    """
    sent = context.history.last(EntryType.PRE_SENT)
    called = {UUID(one): name for one, name in sent.names.items()}
    history = context.history.as_of(sent.number)
    then = replace(context, history=history, names=context.names | called)
    return _decided(then, called)


def _decided(context: BuilderContext, called: Names | None = None) -> Decided:
    """Return what was decided: on our own case, or as the lead asked us and we have it filed.

    ``called`` are names to use in place of those of today.
    """
    asked = context.history.all(EntryType.PUBLICATION_ASKED)
    planned = context.history.all(*_DECIDED_ON_PUBLICATION)
    if not asked or (planned and planned[-1].number > asked[-1].number):
        reviewer = reviewers(context.work, context.history, called)
        round_ = context.history.rounds(SignOffMatter.PUBLICATION)
        return Decided(context.history, context.names, round_, reviewer)
    said = PublicationAsked.model_validate(asked[-1].command)
    plan = filed_round(context, SignOffMatter.PUBLICATION, said.round)
    filed = as_filed(filed_round(context, SignOffMatter.REPORT), plan)
    return Decided(filed.history, filed.names, said.round, {"Lead reviewer": said.reviewer})


def _plan(decided: Entry) -> PublicationPlanned | ReportWithheld:
    if decided.entry_type == EntryType.PUBLICATION_WITHHELD:
        return ReportWithheld.model_validate(decided.command)
    return PublicationPlanned.model_validate(decided.command)


def _why_withheld(withheld: ReportWithheld) -> tuple[PaperSection, ...]:
    return (in_paragraphs("Why the report is not published", withheld.reasons),)


def _improvements(withheld: ReportWithheld) -> tuple[PaperSection, ...]:
    return (in_paragraphs("Improvements that should be made", withheld.improvements),)

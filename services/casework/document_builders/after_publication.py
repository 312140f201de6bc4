"""The papers about a published report that is taken down, published again, or redacted."""

from typing import Final

from services.casework.document_builders.context import (
    BuilderContext,
    DocumentContent,
    in_paragraphs,
    on_day,
)
from services.casework.document_builders.sign_offs import signatures
from services.casework.steps.publication.after_said import (
    ProposeReissue,
    ProposeTakingDown,
    RedactPublished,
    ReportReissued,
    TakeDown,
)
from services.domain.documents import PaperSection
from services.domain.entry_types import EntryType
from services.domain.sign_off import SignOffMatter

_BODIES: Final = "The Panel, Ofsted and the Secretary of State for Education"
_IMPROVEMENTS: Final = "Improvements that should be made"
_ASKED: Final = "What the repository is asked to do"
_CHANGED: Final = "What has changed in the text"


def taken_down_notice(context: BuilderContext) -> DocumentContent:
    """Build the notice to the three bodies that a report is taken down, and why (PUB-24)."""
    said = context.history.command(EntryType.TAKING_DOWN_PROPOSED, ProposeTakingDown)
    return DocumentContent(
        sections=(
            in_paragraphs("Why publication has become inappropriate", said.reasons),
            in_paragraphs(_IMPROVEMENTS, said.improvements),
            *_positions(context),
        ),
        addressed_to=_BODIES,
        details=_taken_down(context),
    )


def improvements_in_place(context: BuilderContext) -> DocumentContent:
    """Build what is published in the place of a report that is taken down (PUB-25).

    Made when every partner has agreed it has no address in it yet: those bytes are published.
    """
    said = context.history.command(EntryType.TAKING_DOWN_PROPOSED, ProposeTakingDown)
    newest, published = context.history.newest, {}
    if newest.entry_type is EntryType.REPORT_TAKEN_DOWN:
        published = {"Published at": TakeDown.model_validate(newest.command).address}
    return DocumentContent(
        sections=(in_paragraphs(_IMPROVEMENTS, said.improvements),), details=published
    )


def reissue_notice(context: BuilderContext) -> DocumentContent:
    """Build the notice before a report is published again; its text goes with it (PUB-26)."""
    said = context.history.command(EntryType.REISSUE_PROPOSED, ProposeReissue)
    changed = said.what_changed
    text = "The changed report, in full" if changed else "The report as it was published before"
    return DocumentContent(
        sections=(
            in_paragraphs("Why it may be published again", said.reasons),
            *((in_paragraphs(_CHANGED, changed),) if changed else ()),
            *_positions(context),
        ),
        addressed_to=_BODIES,
        details={"What will be published": text, "To be published on": on_day(said.publish_on)},
    )


def redaction_notice(context: BuilderContext) -> DocumentContent:
    """Build the notice of an urgent redaction; the changed text goes with it (PUB-26)."""
    said = context.history.command(EntryType.REPORT_REDACTED, RedactPublished)
    return DocumentContent(
        sections=(
            in_paragraphs(_CHANGED, said.what_changed),
            in_paragraphs("Why the change could not wait", said.reasons),
        ),
        addressed_to=_BODIES,
        details={"Changed on": on_day(said.replaced_on), "Decided by": said.by_whom},
    )


def repository_letter(context: BuilderContext) -> DocumentContent:
    """Build the letter to the national repository: what became of what it holds (PUB-30).

    The reasons of the partners stay out of it.
    """
    kind = context.history.newest.entry_type
    if kind is EntryType.REPORT_TAKEN_DOWN:
        details, asked = _taken_down(context), "Please take the report out of the repository."
    elif kind is EntryType.REPORT_REISSUED:
        again = context.history.command(EntryType.REPORT_REISSUED, ReportReissued)
        details = {
            "Published again on": on_day(again.published_on),
            "Published at": again.address,
        }
        asked = "Please put the report that comes with this letter into the repository."
    else:
        said = context.history.command(EntryType.REPORT_REDACTED, RedactPublished)
        details = {"Changed on": on_day(said.replaced_on)}
        asked = (
            "Please put the report that comes with this letter in the place of the one before, and "
            "let nobody read the earlier one any more."
        )
    return DocumentContent(
        sections=(PaperSection(heading=_ASKED, paragraphs=(asked,)),),
        addressed_to="NSPCC national repository of case reviews",
        details=details,
    )


def _taken_down(context: BuilderContext) -> dict[str, str]:
    done = context.history.command(EntryType.REPORT_TAKEN_DOWN, TakeDown)
    return {
        "Taken down on": on_day(done.taken_down_on),
        "Information about improvements in its place": done.address,
    }


def _positions(context: BuilderContext) -> tuple[PaperSection, ...]:
    """Return what each partner said of it, with its reasons."""
    matter = SignOffMatter.TAKING_DOWN
    return signatures(context.work, context.case, matter, context.history.rounds(matter))

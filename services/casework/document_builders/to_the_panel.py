"""The letters to the Panel: with the rapid review, a reply to a query, a challenge."""

from dataclasses import replace

from services.casework.acts import act_of
from services.casework.answers_as_text import as_section, as_tables
from services.casework.document_builders.context import (
    BuilderContext,
    DocumentContent,
    key_dates,
    notified_elsewhere,
    on_day,
    parts,
)
from services.casework.labels import label
from services.casework.steps.publication.publication_query import RecordPublicationQuery
from services.casework.steps.rapid_review.lateness import LatenessTold
from services.casework.steps.rapid_review.panel import RecordAnswer
from services.casework.steps.rapid_review.panel_queries import SUBJECT
from services.casework.steps.rapid_review.proposed_decision import ProposeDecision
from services.casework.steps.rapid_review.supplement_said import ReviewSupplemented
from services.domain.documents import PaperSection
from services.domain.entry_types import LEFT_FOR_PANEL, EntryType
from services.domain.plain_text import capital
from services.domain.sign_off import SignOffMatter
from services.domain.working_days import london_date

PANEL = "Child Safeguarding Practice Review Panel"
_TOLD = frozenset({"query"})  # the letter's own head says which it is about
_WHY = (EntryType.PANEL_ANSWERED, EntryType.REVIEW_SUPPLEMENTED)


def covering_letter(context: BuilderContext) -> DocumentContent:
    """Build the letter that goes to the Panel with the rapid review's record (Doc 5).

    It exists before it is sent: what was told of lateness by then stands in it (RR-37).
    """
    case, history, names = context.case, context.history, context.names
    told = history.all(EntryType.LATENESS_TOLD)[-1:]
    late = [LatenessTold.model_validate(one.command) for one in told]
    return DocumentContent(
        sections=(
            *_decided_again(context),
            *_decision(context),
            *(part for one in late for part in parts("Why it is late", one, names)),
        ),
        addressed_to=PANEL,
        details=key_dates(context)
        | notified_elsewhere(history)
        | {"Decided by the safeguarding partners on": on_day(case.decided_on)},
    )


def _decision(context: BuilderContext) -> tuple[PaperSection, ...]:
    """Say what was decided, and what was pending when it was, with who owns it (RR-35)."""
    decided = context.history.command(EntryType.DECISION_PROPOSED, ProposeDecision)
    rest = frozenset(ProposeDecision.model_fields) - {"pending"}
    pending = as_tables(decided, context.names, without=rest)
    return (replace(as_section("The decision", decided, context.names), parts=pending),)


def panel_reply(context: BuilderContext) -> DocumentContent:
    """Build the partners' reply to a query of the Panel, or their challenge (GOV-14, GOV-17)."""
    entry = context.history.newest
    command = act_of(entry).content.model_validate(entry.command)
    is_of_publication = entry.subject == SUBJECT[SignOffMatter.PUBLICATION]
    matter = SignOffMatter.PUBLICATION if is_of_publication else SignOffMatter.RAPID_REVIEW
    details = _on_publication(context) if is_of_publication else _on_review(context)
    return DocumentContent(
        sections=parts(capital(label(entry.entry_type)), command, context.names, without=_TOLD),
        addressed_to=PANEL,
        details=key_dates(context) | details,
        about=label(matter),
    )


def supplement(context: BuilderContext) -> DocumentContent:
    """Build the supplement to a rapid review that was sent (RR-36)."""
    said = context.history.command(EntryType.REVIEW_SUPPLEMENTED, ReviewSupplemented)
    return DocumentContent(
        sections=parts("What has become known since", said, context.names),
        addressed_to=PANEL,
        details=key_dates(context),
    )


def _decided_again(context: BuilderContext) -> tuple[PaperSection, ...]:
    """Say in what is sent again that it takes the place of what was sent, and why (RR-36)."""
    sent = context.history.all(*LEFT_FOR_PANEL)
    if not sent:
        return ()
    why = [one for one in context.history.all(*_WHY) if one.number > sent[0].number][-1:]
    said = [f"{capital(label(one.entry_type))}: {on_day(london_date(one.at))}." for one in why]
    first = on_day(london_date(sent[0].at))
    took = f"This takes the place of what was sent to the Panel on {first}."
    return (PaperSection(heading="Decided again", paragraphs=(took, *said)),)


def _on_review(context: BuilderContext) -> dict[str, str]:
    answered = context.history.command(EntryType.PANEL_ANSWERED, RecordAnswer)
    case = context.case
    return {
        "The Panel's letter": f"{on_day(answered.received_on)}: {label(answered.answer)}",
        "The partners' decision": capital(label(case.outcome)) if case.outcome else "",
        "Decided on": on_day(case.decided_on),
    }


def _on_publication(context: BuilderContext) -> dict[str, str]:
    asked = context.history.command(EntryType.PUBLICATION_QUERIED, RecordPublicationQuery)
    case = context.case
    decision = "The report is published" if case.publishes else "The report is not published"
    return {
        "The Panel's letter": on_day(asked.received_on),
        "The partners' decision": decision,
        "Day of publication": on_day(case.publish_on),
    }

"""The documents of commissioning: terms of reference, author requirements, reviewers' names."""

from collections.abc import Iterator
from typing import Final

from services.casework.answers_as_text import names_for, names_of_people
from services.casework.document_builders.context import (
    BuilderContext,
    DocumentContent,
    in_paragraphs,
    key_dates,
    on_day,
    parts,
)
from services.casework.document_builders.other_reviews import other_reviews
from services.casework.document_builders.report import called
from services.casework.steps.local_review.author_requirements import DrawUpRequirements
from services.casework.steps.local_review.reviewer_said import ReviewerAppointed
from services.casework.steps.local_review.terms_amended import in_force_among
from services.casework.steps.local_review.terms_said import TermsKept
from services.casework.steps.review_team.membership import NameReviewTeam
from services.database.reviewers import OF_REVIEWERS, closed_since, in_office
from services.domain.documents import PaperSection, Table
from services.domain.entry_types import EntryType
from services.domain.labels import label
from services.domain.labels.own_words import in_own_words
from services.domain.plain_text import capital
from services.domain.working_days import london_date

_CHANGES: Final = frozenset({"changed", "why_changed"})


def terms_of_reference(context: BuilderContext) -> DocumentContent:
    """Build this version of the terms of reference, with the log of its changes (LC-06, Doc 6)."""
    terms = context.history.command(EntryType.TERMS_AGREED, TermsKept)
    return DocumentContent(
        sections=(
            *parts("What was agreed", terms, context.names, without=_CHANGES),
            *_who_reviews(context),
            *other_reviews(context),
            *_changes(context),
        ),
        details=key_dates(context) | {"Decision": on_day(context.case.decided_on)},
    )


def _who_reviews(context: BuilderContext) -> tuple[PaperSection, ...]:
    """Return who is appointed and who is of the review team, as far as that is on record."""
    said = [*_reviewers(context), *_team(context)]
    heading = in_own_words("Reviewer and review team on record")
    return (PaperSection(heading=heading, items=tuple(said)),) if said else ()


def _reviewers(context: BuilderContext) -> Iterator[str]:
    said = context.history.all(*OF_REVIEWERS)
    known = names_of_people(context.work, in_office(said), context.history.names())
    for one, name in known.items():
        yield f"{name}, {called(said, one).lower()}"


def _team(context: BuilderContext) -> Iterator[str]:
    for entry in context.history.all(EntryType.TEAM_NAMED)[-1:]:
        for one in NameReviewTeam.model_validate(entry.command).members:
            stands_for = [capital(label(one.seat))] if one.seat else []
            yield ", ".join([one.name, *stands_for, *([one.subject] if one.subject else [])])


def _changes(context: BuilderContext) -> tuple[PaperSection, ...]:
    """Return the log of changes: in which version, on which day, what and why (LC-06)."""
    drawn_up = enumerate(context.history.all(EntryType.TERMS_AGREED), 1)
    told = [(number, one.at, TermsKept.model_validate(one.command)) for number, one in drawn_up]
    rows = tuple(
        (str(number), on_day(london_date(at)), terms.changed, terms.why_changed or "")
        for number, at, terms in told
        if terms.changed
    )
    columns = ("Version", "Drawn up on", "What was changed", "Why")
    table = Table(caption="", columns=columns, rows=rows)
    return (PaperSection(heading="Changes of the terms", table=table),) if rows else ()


def author_requirements(context: BuilderContext) -> DocumentContent:
    """Build what candidates are told: as endorsed with the terms, and how to answer (Doc 7).

    It holds no word of the case: candidates have signed for nothing.
    """
    entry = context.history.last(EntryType.AUTHOR_REQUIREMENTS_DRAWN_UP)
    said = DrawUpRequirements.model_validate(entry.command)
    drawn_up = context.history.all(EntryType.TERMS_AGREED)
    terms = in_force_among(context.work, context.case, drawn_up, entry.at)
    required = TermsKept.model_validate(terms.command).author_requirements if terms else ""
    apart = frozenset({"answer_by", "answer_to"})
    return DocumentContent(
        sections=(
            in_paragraphs("What is required", required),
            *parts("The work", said, context.names, without=apart),
        ),
        details={"Answer by": on_day(said.answer_by), "Answer to": said.answer_to},
    )


def reviewer_notice(context: BuilderContext) -> DocumentContent:
    """Build the notice of the reviewers' names to the three bodies (LC-24).

    It holds none of the free text of the appointment, so that it may be attached unread.
    """
    said = context.history.all(*OF_REVIEWERS)
    newest = context.history.last(EntryType.REVIEWER_APPOINTED)
    appointed = ReviewerAppointed.model_validate(newest.command)
    known = names_of_people(context.work, in_office(said), context.history.names())
    apart = {appointed.person, *closed_since(context.work.session, newest.case_id)}
    others = [name for one, name in known.items() if one not in apart]
    reference = context.case.notification_reference
    return DocumentContent(
        sections=(),
        addressed_to="The Panel, Ofsted and the Department for Education",
        details={
            called(said, appointed.person): names_for(context.work, appointed.person).get(
                appointed.person, ""
            ),
            "Appointed on": on_day(london_date(newest.at)),
            **({"Reviewing together with": ", ".join(others)} if others else {}),
            **({"Notification reference": reference} if reference else {}),
        },
    )

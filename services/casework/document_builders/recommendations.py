"""The recommendations that are put to the partners, and how each came to its words (PUB-18)."""

from collections.abc import Sequence
from uuid import UUID

from services.casework.answers_as_text import Names, names_of_people, text_of
from services.casework.document_builders.context import (
    BuilderContext,
    DocumentContent,
    in_paragraphs,
    on_day,
)
from services.casework.steps.recommendations.said import (
    Recommendation,
    RecommendationDeveloped,
    RecommendationsProposed,
    RecommendationsPut,
)
from services.database.history import Entry
from services.domain.documents import PaperSection, Table
from services.domain.entry_types import EntryType
from services.domain.labels import label
from services.domain.labels.own_words import in_own_words
from services.domain.working_days import london_date


def recommendations_put(context: BuilderContext) -> DocumentContent:
    """Build what the partners are to endorse, with every version of it before (PUB-18)."""
    put = RecommendationsPut.model_validate(context.history.newest.command)
    numbers = tuple(str(one.number) for one in put.recommendations)
    return DocumentContent(
        sections=(
            PaperSection(
                heading="To be endorsed",
                table=as_table(put.recommendations, context.names, numbers),
            ),
            in_paragraphs(in_own_words("What the review group considered"), put.considered),
            PaperSection(
                heading="How they came to their words",
                table=_versions(context, {one.number for one in put.recommendations}),
            ),
        ),
    )


def as_table(told: Sequence[Recommendation], names: Names, numbers: Sequence[str] = ()) -> Table:
    """Return what is asked of whom, by when and of what kind, and what was asked before (PUB-18).

    A column in which nothing would stand is left out, as that of the numbers is without any.
    """
    columns = {
        "No.": list(numbers) or [""] * len(told),
        "Recommendation": [one.text for one in told],
        "Asked of": [text_of((one.owner, *one.others), names) for one in told],
        "By when": [text_of(one.by_when, names) for one in told],
        "Addresses": [text_of(one.addresses, names) for one in told],
        "Recommended before": [one.came_of_it or "" for one in told],
    }
    kept = {name: cells for name, cells in columns.items() if any(cells)}
    return Table(caption="", columns=tuple(kept), rows=tuple(zip(*kept.values(), strict=True)))


def _versions(context: BuilderContext, numbers: set[int]) -> Table:
    """Return each version of these: when it was written, by whom, its words, and what changed."""
    proposed = context.history.all(EntryType.RECOMMENDATIONS_PROPOSED)
    developed = context.history.all(EntryType.RECOMMENDATION_DEVELOPED)
    by = _authors(context, (*proposed, *developed))
    rows = [
        (row.number, 1, entry, row.text, "Proposed")
        for entry in proposed
        for row in RecommendationsProposed.model_validate(entry.command).recommendations
    ]
    for entry in developed:
        said = RecommendationDeveloped.model_validate(entry.command)
        rows.append((said.number, said.version, entry, said.text, said.why))
    return Table(
        caption="",
        columns=("No.", "Version", "On", "By", "Its words", "What was changed, and why"),
        rows=tuple(
            (str(number), str(version), on_day(london_date(entry.at)), by[entry.id], text, why)
            for number, version, entry, text, why in sorted(rows, key=lambda one: one[:2])
            if number in numbers
        ),
    )


def _authors(context: BuilderContext, said: Sequence[Entry]) -> dict[UUID, str]:
    """Return who wrote each of these, by name where it is known, and in which role."""
    people = {one.person_id for one in said}
    named = names_of_people(context.work, people, context.history.names())
    return {
        one.id: ", ".join(filter(None, (named.get(one.person_id, ""), label(one.role))))
        for one in said
    }

"""What is given to people of the family: the letter to one of them, and the leaflet (Docs 8, 9).

They are written for who knows none of the words of the guidance. What was decided about a person,
such as the support that they need, stands in neither: others may see them.
"""

from typing import Final

from services.casework.answers_as_text import as_section, as_tables, names_of_people
from services.casework.document_builders.context import (
    BuilderContext,
    DocumentContent,
    in_paragraphs,
)
from services.casework.steps.families.decided import PersonDecided
from services.casework.steps.families.genogram import GenogramKept
from services.casework.steps.families.relatives import ApproachSaid, relation_in_words
from services.database.reviewers import OF_REVIEWERS, in_office
from services.domain.documents import Drawing, PaperSection
from services.domain.entry_types import EntryType
from services.domain.plain_text import capital

_THE_CHILD: Final = "the child"  # a letter to a family speaks of no incident


def family_letter(context: BuilderContext) -> DocumentContent:
    """Build the letter that invites one person of the family to the review (FAM-08, Doc 8)."""
    decided = PersonDecided.model_validate(context.history.newest.command)
    return DocumentContent(
        sections=(_expectations(context),),
        addressed_to=decided.letter_to or decided.name,
        details=_spoken_to(context),
        about=_known_as(context, decided),
        subject=context.history.newest.subject,
    )


def family_leaflet(context: BuilderContext) -> DocumentContent:
    """Build the leaflet that explains the review (FAM-08, Doc 9)."""
    return DocumentContent(sections=(_expectations(context),), details=_spoken_to(context))


def genogram(context: BuilderContext) -> DocumentContent:
    """Build the genogram: drawn, and the same in words (FAM-06)."""
    kept = GenogramKept.model_validate(context.history.newest.command)
    drawn = kept.genogram
    told = Drawing(svg=drawn.drawn("Genogram of the family"), in_words=" ".join(drawn.in_words))
    checked = as_section("How it was checked", kept, {})
    people = tuple(
        one.model_copy(
            update={
                "born": capital(one.born.removeprefix("born ")),
                "relation": capital(one.relation),
            }
        )
        for one in kept.people
    )
    return DocumentContent(
        sections=(
            PaperSection(heading="The family, drawn", drawing=told),
            *as_tables(kept.model_copy(update={"people": people}), {}),
            checked,
        )
    )


def _approach(context: BuilderContext) -> ApproachSaid:
    return context.history.command(EntryType.FAMILY_APPROACH_AGREED, ApproachSaid)


def _expectations(context: BuilderContext) -> PaperSection:
    """Return what the family is told to expect, as it was agreed for them (FAM-03)."""
    return in_paragraphs("What you can expect", _approach(context).expectations)


def _spoken_to(context: BuilderContext) -> dict[str, str]:
    """Return who coordinates, how they are reached, and who carries out the review (FAM-05)."""
    agreed = _approach(context)
    people = in_office(context.history.all(*OF_REVIEWERS))
    reviewers = names_of_people(context.work, people, context.history.names())
    return {
        "Your contact": agreed.coordinator,
        "How to reach them": agreed.reached,
        "Who will talk with you for the review": agreed.speaker,
        "The reviewer": ", ".join(reviewers.values()),
    }


def _known_as(context: BuilderContext, decided: PersonDecided) -> str:
    """Return by what their letter is told from others, without a name: a file is named for it."""
    about = context.history.all(EntryType.INVOLVEMENT_DECIDED)
    relations = list(decided.relations)
    alike = [one.subject for one in about if one.command["relations"] == relations]
    place = list(dict.fromkeys(alike)).index(context.history.newest.subject) + 1
    relation = relation_in_words(decided.relations) if decided.relations else _THE_CHILD
    return relation if place == 1 else f"{relation} {place}"

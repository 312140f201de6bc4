"""What is said of a contact with a person of the family, and what stands against it (FAM-08)."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from pydantic import Field

from services.casework.commands import Command, Day, LongText, NeededWhen, ShortText, Under
from services.casework.steps.families.decided import PersonDecided
from services.casework.steps.families.involvement import RelativeNamed
from services.casework.steps.families.waits import holds_back
from services.casework.steps.other_reviews.held_back import Heeded, must_heed_asking
from services.casework.steps.other_reviews.process_names import over_since
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AnswerRefused
from services.domain.families import (
    BesideEvent,
    ContactWay,
    FamilyMatter,
    FamilyPaper,
    TakesPart,
)
from services.domain.family import Relation


class ContactSaid(Command):
    """One contact with one person of the family."""

    held_on: Day = Field(title="When?")
    way: ContactWay = Field(
        title="How?", description="Personally whenever possible, by who is best placed to."
    )
    by_whom: ShortText = Field(title="Who spoke with them?", description="Their name and post.")
    about: tuple[FamilyMatter, ...] = Field(
        title="What was it about?", description="Select all that are true.", min_length=1
    )
    given: Annotated[tuple[FamilyPaper, ...], NeededWhen("at the first contact")] = Field(
        default=(), title="What were they given to explain the review? (FAM-08)"
    )
    said: LongText = Field(title="What did they say or ask, and what were they told?")
    wishes: LongText | None = Field(
        default=None,
        title="What do they wish?",
        description="How they want to take part, what they want to be told and when, and what they "
        "wish for publication.",
    )
    beside_event: Annotated[
        BesideEvent | None,
        NeededWhen("if they gave their views"),
        Under("If they gave their views for the review"),
    ] = Field(
        default=None,
        title="Was it before the learning event? (FAM-09)",
        description="Ideally it is, so that what they say stands beside the view of practice.",
    )
    why_after: Annotated[LongText | None, NeededWhen("if it was after it")] = Field(
        default=None, title="Why not before it?"
    )
    agreed_by: Annotated[
        ShortText | None,
        NeededWhen("if it was to wait for other proceedings"),
        Under("If it was to wait"),
    ] = Field(default=None, title="Who agreed that they are spoken to now? (FAM-03)")
    heeded: Heeded = None


class RecordFamilyContact(ContactSaid, RelativeNamed):
    """A contact with one person of the family: by visit, by telephone, in writing (FAM-08)."""


class FamilyContactKept(ContactSaid):
    """What is kept of it: the person by name and relation."""

    name: str = Field(title="Who")
    relations: tuple[Relation, ...] = Field(default=(), title="Relation to the child")


def must_be_a_contact(
    work: UnitOfWork, case: Case, said: ContactSaid, decided: PersonDecided
) -> None:
    """Refuse a contact that leaves out what is to be said of it; raises AnswerRefused."""
    if said.held_on > work.today:
        raise AnswerRefused("held_on", "Enter a day that is not in the future.")
    _must_explain_the_review(said)
    _must_be_beside_the_event(said, decided)
    _must_be_agreed_if_early(said, decided, over_since(work, case))
    if FamilyMatter.THEIR_VIEWS in said.about:
        must_heed_asking(work, case, said.heeded)


def _must_explain_the_review(said: ContactSaid) -> None:
    """Refuse a first contact at which nothing was given that explains the review (FAM-08)."""
    if FamilyMatter.FIRST_CONTACT in said.about and not said.given:
        raise AnswerRefused("given", "Give the letter, the leaflet or both (FAM-08).")


def _must_be_beside_the_event(said: ContactSaid, decided: PersonDecided) -> None:
    """Refuse views of somebody who is not invited, or that do not say when they came (FAM-09)."""
    if FamilyMatter.THEIR_VIEWS not in said.about:
        return
    if decided.takes_part is TakesPart.NOT_INVITED:
        raise AnswerRefused("about", "They are not invited: decide on that anew first (FAM-01).")
    if said.beside_event is None:
        raise AnswerRefused("beside_event", "Say whether it was before the learning event.")
    if said.beside_event is BesideEvent.AFTER and said.why_after is None:
        raise AnswerRefused("why_after", "Say why it was not before the event (FAM-09).")


def _must_be_agreed_if_early(
    said: ContactSaid, decided: PersonDecided, over: Mapping[str, date]
) -> None:
    """Refuse a contact that was to wait, without who agreed to it (FAM-03)."""
    waits = [one for one in decided.waits if holds_back(one, said.held_on, over)]
    if waits and said.agreed_by is None:
        raise AnswerRefused(
            "agreed_by",
            "This was to wait: say who agreed to it, or change what it waits for (FAM-03).",
        )

"""The people of the family who may take part: those on record, and those found since (FAM-01).

They are not asked for again: the children who live and the family come from the referral, further
people from what was agreed of the approach. Each is known by the name, so that what was decided
about them stays theirs when the referral is corrected in something else.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final
from uuid import UUID, uuid5

from pydantic import Field

from services.casework.commands import Command, Day, LongText, Rows, ShortText, Under
from services.casework.steps.family import child_of, members_on_record
from services.database.cases import Case, children
from services.database.history import all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.family import Relation
from services.domain.labels import label
from services.domain.subjects import Harm

A_CHILD: Final = "the child of the incident"


class FurtherRelative(Command):
    """Somebody of the family's network who is not in the referral."""

    name: ShortText = Field(title="Full name")
    relations: tuple[Relation, ...] = Field(
        title="Relation to the child", description="Select all that are true.", min_length=1
    )


class ApproachSaid(Command):
    """How the family is approached, as it was agreed for this review."""

    discussed_on: Day = Field(
        title="When was the family's involvement discussed? (FAM-07)",
        description="At the planning meeting of the review.",
    )
    discussed_by: ShortText = Field(title="Who discussed it?", description="By post and agency.")
    approach: LongText = Field(title="Which approach was agreed?")
    expectations: LongText = Field(
        title="What is the family told to expect? (FAM-03)",
        description="What a review can say and what it cannot, how long it takes, and what waits "
        "for another investigation. These words stand in the letter and the leaflet: write short "
        "sentences of everyday words, and nothing about one person.",
    )
    coordinator: Annotated[ShortText, Under("Who speaks with the family")] = Field(
        title="Who coordinates communication with the family? (FAM-05)",
        description="One person, by name and post. The letter and the leaflet name them.",
    )
    reached: ShortText = Field(
        title="How does the family reach them?",
        description="A telephone number or an email address. It stands in the letter.",
    )
    speaker: ShortText = Field(
        title="Who holds the conversations with the family? (FAM-09)",
        description="Normally the lead reviewer. Where none is commissioned, whom you nominate.",
    )
    further: Annotated[
        tuple[FurtherRelative, ...], Rows(2, "further person"), Under("The family's network")
    ] = Field(default=(), title="Who belongs to it and is not in the referral?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """One person who may take part; a child of the incident is nobody's relation.

    ``child`` is the name of the child to whom they are related, where it is not all of them alike.
    """

    id: UUID
    name: str
    relations: tuple[Relation, ...]
    child: str = ""

    @property
    def relation(self) -> str:
        """Return who they are to the child, in words."""
        return relation_in_words(self.relations, self.child)


def relatives(work: UnitOfWork, case: Case) -> tuple[Relative, ...]:
    """Return each person of the family as they are on record now, as far as the actor reads it."""
    counted: Counter[str] = Counter()
    found = []
    for name, relations, child in _named(work, case):
        key = " ".join(name.casefold().split())
        counted[key] += 1
        id_ = uuid5(case.id, f"{key} {counted[key]}")
        found.append(Relative(id=id_, name=name, relations=relations, child=child))
    return tuple(found)


def approach_on_record(work: UnitOfWork, case: Case) -> ApproachSaid | None:
    """Return what was last agreed of the approach, as far as the actor reads it."""
    agreed = all_of(work.session, case.id, EntryType.FAMILY_APPROACH_AGREED)
    return ApproachSaid.model_validate(agreed[-1].command) if agreed else None


def _named(work: UnitOfWork, case: Case) -> Iterator[tuple[str, tuple[Relation, ...], str]]:
    """Yield name, relations and to which child: of no child who died or is not born (FAM-01)."""
    of_incident = children(work.session, case.id)
    for row in of_incident:
        if _lives(row.particulars):
            yield row.name, (), ""
    for member in members_on_record(work, case):
        yield member.name, member.relations, child_of(member, of_incident)
    agreed = approach_on_record(work, case)
    for person in agreed.further if agreed else ():
        yield person.name, person.relations, ""


def _lives(particulars: Mapping[str, Any]) -> bool:
    """Tell whether a child is born and lives, as the referral or the request says of them."""
    return not child_died(particulars) and particulars.get("expected_on") is None


def child_died(particulars: Mapping[str, Any]) -> bool:
    """Tell whether a child died, as the referral or the request says of them."""
    return particulars.get("harm") == Harm.DEATH or bool(particulars.get("died"))


def relation_in_words(relations: Iterable[Relation], child: str = "") -> str:
    """Return who somebody is to the child; without a relation it is a child of the incident.

    With the name of a child, it is to that one and not to all of them alike.
    """
    words = ", ".join(map(label, relations)) or A_CHILD
    return f"{words} (for {child})" if child else words

"""Who is drawn in a genogram, and how they and their relations are asked for and kept (FAM-06)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID, uuid5

from pydantic import Field

from services.casework.commands import Command, RelativeChoice, ShortText, YesNo
from services.casework.steps.families.relatives import (
    approach_on_record,
    child_died,
    relation_in_words,
)
from services.casework.steps.family import child_of, members_on_record
from services.database.cases import Case, children
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AnswerRefused
from services.domain.genogram import FamilyFigure, FamilyTie, PersonShape, Tie
from services.domain.names_apart import told_apart
from services.domain.plain_dates import day_month_year
from services.domain.subjects import Sex

_SHAPES: Final[Mapping[str, PersonShape]] = {
    Sex.FEMALE: PersonShape.FEMALE,
    Sex.MALE: PersonShape.MALE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawable:
    """One person on record, by a name that nobody else on record has."""

    id: UUID
    name: str
    relation: str
    born: str = ""
    shape: PersonShape = PersonShape.NOT_SAID
    has_died: bool = False
    is_child: bool = False


class PersonInDrawing(Command):
    """What more is said of one person, so that they are drawn rightly."""

    person: RelativeChoice = Field(title="Who?")
    shape: PersonShape = Field(title="As whom are they drawn?")
    has_died: YesNo = Field(title="Have they died?")


class TieInDrawing(Command):
    """How one person is related to another."""

    one: RelativeChoice = Field(title="Who?")
    tie: Tie = Field(title="How are they related?")
    other: RelativeChoice = Field(title="To whom?")
    words: ShortText | None = Field(
        default=None,
        title="What more is to be known of it?",
        description="Such as since when, or that it is not certain.",
    )


class PersonDrawn(Command):
    """One person of a version, as they were on record."""

    name: str = Field(title="Name")
    relation: str = Field(title="Relation to the child")
    born: str = Field(default="", title="Born")
    shape: PersonShape = Field(title="Drawn as")
    has_died: bool = Field(title="Has died")
    is_child: bool = Field(title="Child of the incident")

    @property
    def says_more(self) -> bool:
        """Tell whether more is said of them than may be on record of everybody."""
        return self.shape is not PersonShape.NOT_SAID or self.has_died

    @property
    def figure(self) -> FamilyFigure:
        """Return them as they are drawn."""
        return FamilyFigure(
            name=self.name,
            shape=self.shape,
            born=self.born,
            has_died=self.has_died,
            is_child_of_incident=self.is_child,
        )


class TieDrawn(Command):
    """One relation of a version."""

    one: str = Field(title="Who")
    tie: Tie = Field(title="Relation")
    other: str = Field(title="To whom")
    words: str | None = Field(default=None, title="More of it")

    @property
    def as_tie(self) -> FamilyTie:
        """Return it as it is drawn."""
        return FamilyTie(one=self.one, tie=self.tie, other=self.other, words=self.words or "")


def people_to_draw(work: UnitOfWork, case: Case) -> tuple[Drawable, ...]:
    """Return the children of the incident, the family and its network, as far as they are read."""
    found = tuple(_on_record(work, case))
    named = told_apart(one.name for one in found)
    return tuple(
        replace(one, id=uuid5(case.id, f"genogram {name.casefold()}"), name=name)
        for name, one in zip(named, found, strict=True)
    )


def figures(
    known: tuple[Drawable, ...],
    by_id: Mapping[UUID, Drawable],
    said: tuple[PersonInDrawing, ...],
) -> tuple[PersonDrawn, ...]:
    """Return everybody as they are drawn, with what is said of them; each once."""
    more = {one.person: one for one in said}
    if len(more) < len(said) or more.keys() - by_id.keys():
        raise AnswerRefused("people", "Choose each person on record once.")
    return tuple(
        PersonDrawn(
            name=one.name,
            relation=one.relation,
            born=one.born,
            shape=more[one.id].shape if one.id in more else one.shape,
            has_died=one.has_died or (one.id in more and more[one.id].has_died),
            is_child=one.is_child,
        )
        for one in known
    )


def ties(by_id: Mapping[UUID, Drawable], said: tuple[TieInDrawing, ...]) -> tuple[TieDrawn, ...]:
    """Return the relations by name; refuse who is not on record, and one said twice."""
    pairs = [frozenset((one.one, one.other)) for one in said]
    if any(pair - by_id.keys() for pair in pairs):
        raise AnswerRefused("relations", "Choose people who are on record.")
    if any(len(pair) == 1 for pair in pairs):
        raise AnswerRefused("relations", "Nobody is related to themselves.")
    if len(set(map(_told_once, said))) < len(said):
        raise AnswerRefused("relations", "Say each relation once.")
    return tuple(
        TieDrawn(one=by_id[one.one].name, tie=one.tie, other=by_id[one.other].name, words=one.words)
        for one in said
    )


def _told_once(one: TieInDrawing) -> tuple[object, Tie]:
    """Return by what a relation is known: of two who are a couple the order says nothing."""
    pair = (one.one, one.other)
    return (frozenset(pair) if one.tie.is_mutual else pair), one.tie


def _on_record(work: UnitOfWork, case: Case) -> Iterator[Drawable]:
    """Yield who is on record, each under the name that was given."""
    nobody = UUID(int=0)
    of_incident = children(work.session, case.id)
    for row in of_incident:
        born = f"born {day_month_year(row.born_on)}" if row.born_on is not None else ""
        yield Drawable(
            id=nobody,
            name=row.name,
            relation=relation_in_words(()),
            born=born,
            shape=_SHAPES.get(str(row.particulars.get("sex")), PersonShape.NOT_SAID),
            has_died=child_died(row.particulars),
            is_child=True,
        )
    for member in members_on_record(work, case):
        born = f"born {day_month_year(member.born_on)}" if member.born_on is not None else ""
        relation = relation_in_words(member.relations, child_of(member, of_incident))
        yield Drawable(id=nobody, name=member.name, relation=relation, born=born)
    agreed = approach_on_record(work, case)
    for person in agreed.further if agreed else ():
        yield Drawable(id=nobody, name=person.name, relation=relation_in_words(person.relations))

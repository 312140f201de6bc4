"""The people of the family in a referral or request: as they are asked for, told, and on record.

Doc 1 and the notification ask about brothers and sisters and other adults, Doc 2 about each member
of the family: an agency that is asked has to know whom to look for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final, Protocol

from pydantic import Field

from services.casework.answers_as_text import text_of
from services.casework.commands import Command, Day, ShortText
from services.database.cases import Case, children
from services.database.history import Entry, all_of, facts
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import THE_REFERRAL, EntryType
from services.domain.family import OLDEST, LivesWith, PersonInFamily, Relation
from services.domain.labels import label
from services.domain.plain_text import capital
from services.domain.subjects import MOST_CHILDREN, CareStatus

NOT_KNOWN: Final = "Not known"


class FamilyMember(Command):
    """One person of the family or household, or another adult who matters to the child."""

    name: ShortText = Field(
        title="Full name", description="If it is not known, say who it is: “mother's new partner”."
    )
    relations: tuple[Relation, ...] = Field(
        title="Relation to the child",
        description="Select all that are true. Half and step brothers and sisters count.",
        min_length=1,
    )
    child: Annotated[int, Field(ge=1, le=MOST_CHILDREN)] | None = Field(
        default=None,
        title="To which child, if not to all of them alike",
        description="The child's number on this form, for example 2 for Child 2.",
    )
    born_on: Day | None = Field(default=None, title="Date of birth, if known")
    age: Annotated[int, Field(ge=0, le=OLDEST)] | None = Field(
        default=None, title="Age on the day of the incident, if the date of birth is not known"
    )
    lives_with: LivesWith | None = Field(default=None, title="Lives with the child")
    statuses: tuple[CareStatus, ...] = Field(
        default=(),
        title="Own standing with the local authority, of a child or care leaver",
        description="Select all that are true on the day of the incident.",
    )
    note: ShortText | None = Field(
        default=None,
        title="Note",
        description="For example a health condition or disability, or where they are now.",
    )


class RelatedChild(Protocol):
    """A child of the referral, as the people around them are related to it."""

    @property
    def name(self) -> str: ...  # noqa: D102 - named for what it is

    @property
    def born_on(self) -> date | None: ...  # noqa: D102 - named for what it is


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyLine:
    """One person of the family as pages and papers tell of them."""

    name: str
    relation: str
    born: str
    lives_with: str
    more: str

    @property
    def in_words(self) -> str:
        """Return all that is told in one text, as it is copied into another form."""
        said = [f"{self.name}: {self.relation}", f"date of birth or age: {self.born}"]
        said.append(f"lives with the child: {self.lives_with}")
        return "; ".join([*said, self.more] if self.more else said)


def as_person(
    member: FamilyMember, siblings: Sequence[RelatedChild], incident_on: date
) -> PersonInFamily:
    """Return the person as the rules look at them."""
    births = (one.born_on for one in _of(member, siblings))
    return PersonInFamily(
        incident_on=incident_on,
        relations=frozenset(member.relations),
        statuses=frozenset(member.statuses),
        born_on=member.born_on,
        age=member.age,
        births=tuple(one for one in births if one is not None),
    )


def tell_family(
    members: Iterable[FamilyMember], siblings: Sequence[RelatedChild]
) -> tuple[FamilyLine, ...]:
    """Return how each person is told of, with the name of the child they are related to."""
    return tuple(_line(member, siblings) for member in members)


def family_on_record(work: UnitOfWork, case: Case) -> tuple[FamilyLine, ...]:
    """Return how each person of the family is told of who is on record."""
    return tell_family(members_on_record(work, case), children(work.session, case.id))


def members_on_record(work: UnitOfWork, case: Case) -> tuple[FamilyMember, ...]:
    """Return the family as it was last told of: by the referral, else by the request before it.

    Where a police mark hides a version of the referral from the actor, there is no family here.
    """
    entry = _telling(work, case)
    members = entry.command.get("family_members", ()) if entry is not None else ()
    return tuple(map(FamilyMember.model_validate, members))


def tells_of_family(work: UnitOfWork, case: Case) -> tuple[EntryType, ...]:
    """Return as what the family was told of: in the referral, else in the request before it."""
    is_referred = bool(facts(work.session, case.id, *THE_REFERRAL))
    return THE_REFERRAL if is_referred else (EntryType.REVIEW_REQUESTED,)


def _telling(work: UnitOfWork, case: Case) -> Entry | None:
    """Return the entry that tells of the family now, where the actor reads all its versions."""
    kinds = tells_of_family(work, case)
    told = [one for kind in kinds for one in all_of(work.session, case.id, kind)]
    is_hidden = len(told) < len(facts(work.session, case.id, *kinds))
    return told[-1] if told and not is_hidden else None


def child_of(member: FamilyMember, siblings: Sequence[RelatedChild]) -> str:
    """Return the name of the one child to whom the person is related; of all alike it is none."""
    return "" if member.child is None else _of(member, siblings)[0].name


def _of(member: FamilyMember, siblings: Sequence[RelatedChild]) -> Sequence[RelatedChild]:
    """Return the children to whom the person is related: one of them, or all alike."""
    return siblings if member.child is None else siblings[member.child - 1 : member.child]


def _line(member: FamilyMember, siblings: Sequence[RelatedChild]) -> FamilyLine:
    relation = capital(", ".join(label(one) for one in member.relations))
    to = child_of(member, siblings)
    born = text_of(member.born_on, {})
    if member.age is not None:
        born = f"{member.age} on the day of the incident"
    more = (text_of(member.statuses, {}), member.note or "")
    return FamilyLine(
        name=member.name,
        relation=f"{relation} (for {to})" if to else relation,
        born=born or NOT_KNOWN,
        lives_with=text_of(member.lives_with, {}) or NOT_KNOWN,
        more=". ".join(one for one in more if one),
    )

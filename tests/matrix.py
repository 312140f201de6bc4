"""Who stands how to a case, and what rules.md 4 and LC-01 say becomes of each at the door.

The law is stated here a second time on purpose: the product's own access functions are what the
matrix puts to the test.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Final, TypeVar
from uuid import UUID
from zlib import crc32

from sqlalchemy import Engine, TextClause, text
from sqlmodel import Session

from services.casework.act import Act
from services.domain.identifiers import CaseId
from services.domain.roles import ROLE_PERMISSIONS, Actor, Permission, Role, Seat
from tests.world import AGENCIES, SHORT_NAMES, Side

# A whole picture of one pixel: the door decodes what it takes for a picture.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001"
    "08060000001f15c4890000000d49444154789c63f8dfe0f0"
    "1f00070002bf2bd7c7e20000000049454e44ae426082"
)
ALL_CASES: Final = frozenset(
    {
        Role.BUSINESS_MANAGER,
        Role.NOTIFIER,
        Role.SAFEGUARDING_PARTNER,
        Role.REVIEW_GROUP_CHAIR,
        Role.REVIEW_GROUP_MEMBER,
        Role.INDEPENDENT_SCRUTINEER,
    }
)
# Roles that reach some cases, each by a question to the record; the other roles reach none.
SOME_CASES: Final = {
    Role.AGENCY_LEAD: "select count(*) from cases where id = :case and"
    " (referred_by_agency_id = :agency"
    " or exists (select 1 from agency_requests where case_id = :case and agency_id = :agency)"
    " or exists (select 1 from actions where case_id = :case and agency_id = :agency)"
    " or (select command->'people' from entries where case_id = :case"
    " and entry_type = 'attendees_named' order by number desc limit 1)"
    " @> to_jsonb(cast(:person as text)))",
    Role.LEAD_REVIEWER: "select count(*) from entries e where case_id = :case"
    " and entry_type = 'reviewer_appointed' and command->>'person' = :person"
    " and not exists (select 1 from entries l where l.case_id = :case and l.number > e.number"
    " and ((l.entry_type = 'reviewer_appointed'"
    " and not coalesce((l.command->>'beside')::boolean, false))"
    " or (l.entry_type = 'reviewer_ended' and l.command->>'person' = :person)))",
    Role.COMMUNICATIONS_LEAD: "select count(*) from cases where id = :case"
    " and (stage = 'publication' or publish_on is not null"
    " or (stage = 'local_review' and report_version > 0))",
}


SHORT: Final = 10
Try = TypeVar("Try")


def some(tries: Iterable[Try], of: str, *, whole: bool) -> list[Try]:
    """Return each tenth of the tries, beginning elsewhere for each act or page; or all of them.

    The suite tries each act and page by some people; `./keyline check isolation` by everybody.
    """
    found = list(tries)
    return found if whole else found[crc32(of.encode()) % SHORT :: SHORT] or found[:1]


class Relation(StrEnum):
    """How a person stands to the case on which they try an act."""

    OWN_CASE = "own_case"
    OTHER_CASE = "other_case"
    NOT_DECLARED = "not_declared"
    CONFLICT_DECLARED = "conflict_declared"
    OTHER_AGENCY = "other_agency"
    OTHER_PARTNERSHIP = "other_partnership"


class AtTheDoor(StrEnum):
    """What becomes of a person at the door of a case."""

    LET_IN = "let_in"
    NO_PERMISSION = "no_permission"
    NO_SUCH_CASE = "no_such_case"
    DECLARE_FIRST = "declare_first"
    CONFLICT = "conflict"


def people(side: Side) -> dict[str, Actor]:
    """Return a person for each role, for each seat and each agency of it, by a name for each."""
    several = {Role.SAFEGUARDING_PARTNER, Role.AGENCY_LEAD}
    # A system is no person: tests/web/test_api_acts.py tries each act as one.
    others = several | {Role.SYSTEM}
    found = {role.value: side.actor(role) for role in Role if role not in others}
    found |= {seat.value: side.actor(Role.SAFEGUARDING_PARTNER, seat) for seat in Seat}
    found |= {SHORT_NAMES[name]: side.actor(Role.AGENCY_LEAD, agency=name) for name in AGENCIES}
    return found | {"second_reviewer": side.second_reviewer()}


def reaches(admin: Engine, person: Actor, case_id: CaseId) -> bool:
    """Tell from the record whether a person of the case's partnership may know of the case."""
    if person.role in ALL_CASES:
        return True
    if person.role not in SOME_CASES:
        return False
    known = {"case": case_id, "agency": person.agency_id, "person": str(person.person_id)}
    with admin.connect() as link:
        return bool(link.execute(text(SOME_CASES[person.role]), known).scalar())


def may_do(act: Act, person: Actor) -> bool:
    """Tell whether the role allows the act, or the police seat, which also marks (rules.md 4)."""
    of_police = act.permission is Permission.MARK_SENSITIVE and person.seat is Seat.POLICE
    return act.permission in ROLE_PERMISSIONS[person.role] or of_police


def expected(act: Act, person: Actor, relation: Relation, *, in_reach: bool) -> AtTheDoor:
    """Return what must become of the person at the door: permission, reach, conflict, promise."""
    if not may_do(act, person):
        return AtTheDoor.NO_PERMISSION
    if relation is Relation.OTHER_PARTNERSHIP or not in_reach:
        return AtTheDoor.NO_SUCH_CASE
    if relation is Relation.CONFLICT_DECLARED:
        return AtTheDoor.CONFLICT
    if relation is Relation.NOT_DECLARED and act.name != "declare":
        return AtTheDoor.DECLARE_FIRST
    return AtTheDoor.LET_IN


@dataclass
class Tally:
    """What the matrix has tried so far."""

    acts: set[str] = field(default_factory=set)
    done: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)

    def said(self) -> str:
        """Return the counts as one line."""
        counted = (f"{name.replace('_', ' ')} {count}" for name, count in self.counts.items())
        return f"{len(self.acts)} acts or pages; " + ", ".join(sorted(counted))


def row_counts(admin: Engine, without: frozenset[str] = frozenset()) -> dict[str, int]:
    """Return how many rows each table holds."""
    with admin.connect() as link:
        return {row.name: row.rows for row in link.execute(_counting(admin, without))}


@cache
def _counting(admin: Engine, without: frozenset[str]) -> TextClause:
    """Return the question for the rows of each table: the tables are the same in every test."""
    with admin.connect() as link:
        names = link.execute(text("select tablename from pg_tables where schemaname = 'public'"))
        tables = sorted({*names.scalars()} - without)
    return text(
        " union all ".join(
            f"select '{one}' as name, count(*) as rows from \"{one}\""  # noqa: S608 -- from the catalogue
            for one in tables
        )
    )


def entries_of(link: Session, case_id: UUID) -> Counter[str]:
    """Return how many entries of each type a case has, seen from inside a transaction."""
    question = text("select entry_type from entries where case_id = :case")
    return Counter(link.execute(question, {"case": case_id}).scalars())

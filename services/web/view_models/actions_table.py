"""The actions of every plan as a table (EMB-08, EMB-09): by owner, standing, rating and source."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from services.casework.access.actions_listed import (
    BY_DUE,
    BY_OWNER,
    BY_REFERENCE,
    NOT_RATED,
    OF_REVIEW,
    OWN,
    ActionsWanted,
    action_counts,
    actions_listed,
)
from services.database.paging import MANY
from services.database.partnerships import every_agency
from services.database.unit_of_work import UnitOfWork
from services.domain.actions import Followed, Rating
from services.domain.agency_kinds import kind_code, kind_in_words
from services.domain.labels import label
from services.domain.plain_text import capital
from services.domain.roles import Permission
from services.web.long_table import REFERENCE, ListColumn, ListFilter, TableShape, asked_of
from services.web.view_models.actions_told import action_rows
from services.web.view_models.agency_filters import agencies_wanted, agency_filters
from services.web.view_models.table_shown import TableShown

PATH: Final = "/actions"
KINDS_NAMED: Final = 12  # of which the page counts what is overdue; the filter names every kind
SOURCES: Final = (
    (OWN, "The agency's own recommendation"),
    (OF_REVIEW, "The learning of the review"),
)
RATINGS: Final = (
    *((one.value, capital(label(one))) for one in Rating),
    (NOT_RATED, "Not rated yet"),
)
STANDINGS: Final = tuple((one.value, capital(label(one))) for one in Followed)
COLUMNS: Final = (
    ListColumn("Case", BY_REFERENCE, "Reference, first to last", "Reference, last to first"),
    ListColumn("Action"),
    ListColumn("Owner", BY_OWNER, "Owner, A to Z", "Owner, Z to A"),
    ListColumn("Due by", BY_DUE, "Open ones, earliest day first", "Open ones, latest day first"),
    ListColumn("Status"),
    ListColumn("Rating"),
)
Counts = Mapping[tuple[UUID, Followed], int]


@dataclass(frozen=True, slots=True)
class ActionsCounted:
    """How many actions there are of one sort, how that sort is called, and where they stand."""

    words: str
    many: int
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionsTracked:
    """The table, and what stands above it: how many stand how, and whose are overdue."""

    table: TableShown
    standings: list[ActionsCounted]
    overdue: list[ActionsCounted]


def actions_tracked(work: UnitOfWork, query: Mapping[str, str]) -> ActionsTracked:
    """Return the page of the tracker that the address asks for."""
    counts = action_counts(work)
    return ActionsTracked(
        table=_table(work, query, MANY, counts),
        standings=_by_standing(counts),
        overdue=_overdue(work, counts) if work.actor.may(Permission.READ_CASE) else [],
    )


def actions_table(work: UnitOfWork, query: Mapping[str, str], many: int = MANY) -> TableShown:
    """Return the page of the actions that the address asks for, of those the person may read.

    That they looked at the actions of a case stands in its record of who saw it, for those that
    stand on the page.
    """
    return _table(work, query, many, action_counts(work))


def _table(work: UnitOfWork, query: Mapping[str, str], many: int, counts: Counts) -> TableShown:
    shape = _shape(work, query.get("agency", ""))
    asked = asked_of(shape, query)
    standing = asked.of("standing")
    wanted = ActionsWanted(
        agencies=agencies_wanted(work, asked.of("agency"), asked.of("kind")),
        standing=Followed(standing) if standing else None,
        rating=asked.of("rating"),
        source=asked.of("source"),
        reference=asked.of("reference"),
        sort=asked.sort,
        is_down=asked.is_down,
        number=asked.number,
        many=many,
    )
    found = actions_listed(work, wanted)
    rows = action_rows(work, found.rows)
    return TableShown(shape=shape, asked=asked, rows=rows, found=found, total=sum(counts.values()))


def _shape(work: UnitOfWork, agency: str) -> TableShape:
    whose = agency_filters(work, agency) if work.actor.may(Permission.READ_CASE) else ()
    return TableShape(
        path=PATH,
        one="action",
        several="actions",
        columns=COLUMNS,
        filters=(
            *whose,
            ListFilter("standing", "Status", "Every status", STANDINGS),
            ListFilter("rating", "Rating", "Every rating", RATINGS),
            ListFilter("source", "What it answers", "Everything", SOURCES),
            REFERENCE,
        ),
        order=BY_DUE,
    )


def _by_standing(counts: Counts) -> list[ActionsCounted]:
    many = dict.fromkeys(Followed, 0)
    for (_, standing), some in counts.items():
        many[standing] += some
    return [
        ActionsCounted(label(one), some, f"{PATH}?standing={one.value}")
        for one, some in many.items()
    ]


def _overdue(work: UnitOfWork, counts: Counts) -> list[ActionsCounted]:
    """Return how many are overdue of each kind of agency, the most first."""
    kinds = {one.id: one.kind for one in every_agency(work.session)}
    many: dict[str, int] = {}
    words: dict[str, str] = {}
    for (agency, standing), some in counts.items():
        if standing is Followed.OVERDUE and agency in kinds:
            code = kind_code(kinds[agency])
            many[code] = many.get(code, 0) + some
            words[code] = kind_in_words(kinds[agency])
    found = [
        ActionsCounted(words[code], some, f"{PATH}?kind={code}&standing={Followed.OVERDUE.value}")
        for code, some in many.items()
    ]
    return sorted(found, key=lambda one: (-one.many, one.words))[:KINDS_NAMED]

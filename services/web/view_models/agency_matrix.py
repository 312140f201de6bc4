"""The agencies of a case and how far each has come with what it was asked, one row a request."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.casework.access.opened_by_agencies import looks_of_agencies
from services.casework.access.parts import reads_family
from services.casework.steps.reminding import REMIND
from services.casework.steps.scoping import extension, return_entered, scoping_returns
from services.casework.steps.scoping.answers_entered import to_be_entered
from services.casework.steps.scoping.owed_answers import to_be_reminded
from services.casework.steps.scoping.returns_on_record import newest_of
from services.database.agency_requests import AgencyRequest, unanswered
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Answered, Asked
from services.domain.working_days import london_date
from services.web.act_pages.act_page import ActPage
from services.web.act_pages.registry import ACT_PAGES
from services.web.timeline import names_for
from services.web.view_models.agencies import AgencyLine, agency_lines

_CAME = frozenset(Answered) - {Answered.ASKED, Answered.SENT_BACK, Answered.EXCUSED}


@dataclass(frozen=True, slots=True)
class RowAct:
    """What may be done about one request: its words, and the address of its form."""

    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """One request to one agency: how far it has come, and what may be done about it now.

    ``opened`` is the first look of one of its people since it was asked; ``is_look_told`` says
    whether the reader may know of looks at all. ``days_late`` counts working days.
    """

    line: AgencyLine
    opened: date | None
    is_look_told: bool
    days_late: int
    has_come: bool
    reads: str
    acts: tuple[RowAct, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """The rows of one kind of request, and the sentence that stands above them."""

    asked: Asked
    rows: tuple[MatrixRow, ...]

    @property
    def expected(self) -> int:
        """Return how many agencies an answer is or was expected of: none that was excused."""
        return sum(one.line.request.answered is not Answered.EXCUSED for one in self.rows)

    @property
    def came(self) -> int:
        """Return of how many agencies the answer came."""
        return sum(one.has_come for one in self.rows)

    @property
    def late(self) -> int:
        """Return how many answers are overdue."""
        return sum(one.line.is_late for one in self.rows)

    @property
    def excused(self) -> int:
        """Return of how many agencies none is expected, with the reason recorded."""
        return len(self.rows) - self.expected


def matrices(work: UnitOfWork, case: Case) -> list[Matrix]:
    """Return a matrix for each kind of request that was made on the case, late ones first."""
    lines = agency_lines(work, case, names_for(work, ()))
    opened, offered = looks_of_agencies(work, case), _offered(work, case)
    made = [_row(work, case, one, opened, offered) for one in lines]
    ordered = sorted(made, key=lambda one: (not one.line.is_late, one.line.agency.casefold()))
    found = (
        Matrix(asked=asked, rows=tuple(r for r in ordered if r.line.request.asked is asked))
        for asked in Asked
    )
    return [one for one in found if one.rows]


def _row(
    work: UnitOfWork,
    case: Case,
    line: AgencyLine,
    looks: Mapping[UUID, Sequence[datetime]] | None,
    offered: Sequence[tuple[str, ActPage, frozenset[UUID]]],
) -> MatrixRow:
    request = line.request
    late = line.is_late
    return MatrixRow(
        line=line,
        opened=_opened(request, (looks or {}).get(request.agency_id, ())),
        is_look_told=looks is not None,
        days_late=work.calendar.working_days_between(request.due, work.today) if late else 0,
        has_come=request.answered in _CAME,
        reads=_return_to_read(work, case, request),
        acts=tuple(_acts(case, request, offered)),
    )


def _opened(request: AgencyRequest, looks: Sequence[datetime]) -> date | None:
    days = (london_date(one) for one in looks)
    return next((one for one in days if one >= request.sent_on), None)


def _return_to_read(work: UnitOfWork, case: Case, request: AgencyRequest) -> str:
    """Return the address of the page of the whole return, to whoever reads every version of it."""
    is_return = request.asked is Asked.SCOPING_RETURN
    if not is_return or not reads_family(work, case.id):
        return ""
    newest = newest_of(work, case, str(request.agency_id))
    return f"/cases/{case.id}/agencies/{request.agency_id}/return" if newest else ""


def _offered(work: UnitOfWork, case: Case) -> list[tuple[str, ActPage, frozenset[UUID]]]:
    """Return what the actor may do about requests now: in which words, where, about which."""
    reminded = [one.id for one in to_be_reminded(work, case)]
    owed = unanswered(work.session, case.id)
    owing = [one.id for one in owed if one.asked is Asked.SCOPING_RETURN]
    asked = (
        ("Remind", REMIND.name, reminded),
        ("More time", extension.EXTEND_DAY.name, _ids(extension.to_be_extended(work, case))),
        ("Enter for them", return_entered.ENTER_RETURN.name, _ids(to_be_entered(work, case))),
        ("Not expected", scoping_returns.EXCUSE_RETURN.name, owing),
    )
    pages = ((text, ACT_PAGES[name], frozenset(about)) for text, name, about in asked)
    return [
        (text, page, about)
        for text, page, about in pages
        if case.stage in page.act.stages and work.actor.may(page.act.permission)
    ]


def _ids(found: Sequence[AgencyRequest]) -> list[UUID]:
    return [one.id for one in found]


def _acts(
    case: Case, request: AgencyRequest, offered: Sequence[tuple[str, ActPage, frozenset[UUID]]]
) -> Iterator[RowAct]:
    for text, page, about in offered:
        if request.id in about:
            yield RowAct(text, f"/cases/{case.id}/{page.path}?of={request.agency_id}")

"""How good what agencies sent is: asked, arrived, returned and why, accepted, what is open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from services.casework.access.parts import reads_family
from services.casework.steps.local_review.reports_judgement import (
    JUDGE_REPORTS,
    do_several_wait,
)
from services.casework.steps.local_review.reports_opened import (
    PaperOfReport,
    papers_of_reports,
)
from services.casework.steps.local_review.reports_wanted import items_asked
from services.casework.steps.reports_judged import JUDGED, each_alone
from services.database.agency_requests import AgencyRequest, requests
from services.database.cases import Case
from services.database.history import Entry, all_of
from services.database.partnerships import agency_names
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Asked
from services.domain.entry_types import EntryType
from services.domain.labels import label
from services.domain.plain_text import capital
from services.domain.working_days import london_date
from services.web.view_models.key_line_gaps import (
    KeyLineGaps,
    gaps_by_key_line,
    gaps_listed,
    gaps_of,
)

_TOLD = (
    EntryType.REPORTS_REQUESTED,
    EntryType.REPORT_SUBMITTED,
    *JUDGED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityLine:
    """One agency: what it was asked, when it came, why it went back, when it was accepted.

    ``paper`` is that of what it sent last, if the actor sees one.
    """

    agency: str
    asked: tuple[str, ...]
    request: AgencyRequest
    arrived: tuple[date, ...]
    returned: tuple[tuple[date, str], ...]
    accepted: date | None
    gaps: tuple[str, ...]
    paper: PaperOfReport | None


@dataclass(frozen=True, slots=True)
class QualityTable:
    """What each agency sent, and which key lines of enquiry are still open."""

    agencies: tuple[QualityLine, ...]
    key_lines: tuple[KeyLineGaps, ...]
    judges_several: bool


def quality_table(work: UnitOfWork, case: Case) -> QualityTable | None:
    """Return it to a person who reads of the family on the case."""
    if not reads_family(work, case.id):
        return None
    told = [*each_alone(all_of(work.session, case.id, *_TOLD))]
    names = agency_names(work.session)
    gaps = gaps_listed(work, case)
    papers = papers_of_reports(work, case)
    lines = [
        _line(
            one,
            told,
            names.get(one.agency_id, "An agency"),
            (gaps_of(gaps, one.agency_id), papers.get(one.agency_id)),
        )
        for one in requests(work.session, case.id, Asked.REPORT)
    ]
    return QualityTable(
        agencies=tuple(sorted(lines, key=lambda one: one.agency.casefold())),
        key_lines=gaps_by_key_line(work, case, gaps, names),
        judges_several=_judges_several(work, case),
    )


def _judges_several(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the actor may judge reports here, and several wait."""
    may = work.actor.may(JUDGE_REPORTS.permission) and case.stage in JUDGE_REPORTS.stages
    return may and do_several_wait(work, case)


def _line(
    request: AgencyRequest,
    told: Iterable[Entry],
    agency: str,
    beside: tuple[tuple[str, ...], PaperOfReport | None],
) -> QualityLine:
    asked = [one for one in told if one.entry_type is EntryType.REPORTS_REQUESTED]
    own = [one for one in told if one.subject == str(request.agency_id)]
    by_type = {kind: [one for one in own if one.entry_type is kind] for kind in _TOLD}
    accepted = by_type[EntryType.REPORT_ACCEPTED]
    return QualityLine(
        agency=agency,
        asked=tuple(capital(label(one)) for one in items_asked(asked, request.agency_id)),
        request=request,
        arrived=tuple(london_date(one.at) for one in by_type[EntryType.REPORT_SUBMITTED]),
        returned=tuple(
            (london_date(one.at), one.command["reasons"])
            for one in by_type[EntryType.REPORT_RETURNED]
        ),
        accepted=london_date(accepted[-1].at) if accepted else None,
        gaps=beside[0],
        paper=beside[1],
    )

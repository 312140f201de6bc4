"""What each paper of a case says, gathered from the record when the flow makes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel

from services.casework.answers_as_text import Names, as_section, as_tables, names_for
from services.casework.document_builders.case_history import CaseHistory, so_far
from services.casework.document_builders.store_document import file_paper
from services.casework.job_context import Tools
from services.database.cases import Case, children, get_case
from services.database.clocks import clocks
from services.database.decisions import SignOffMatter, sign_offs
from services.database.documents import next_version
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import Answer, DocumentKind, Paper, Section, Table
from services.domain.identifiers import CaseId
from services.domain.plain_dates import weekday_day_month_year
from services.domain.working_days import london_date


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a paper is made: the transaction, the neighbours, the case and what was said on it."""

    work: UnitOfWork
    tools: Tools
    case: Case
    known: Names
    told: CaseHistory


def desk_for(work: UnitOfWork, tools: Tools, case_id: CaseId) -> Desk:
    """Lay out what a paper of the case may be made from."""
    case = get_case(work.session, case_id)
    return Desk(work, tools, case, names_for(work), so_far(work, case))


@dataclass(frozen=True, slots=True)
class Which:
    """Which of several papers of a kind it is, and which version, where the order says so."""

    subject: str = ""
    version: int | None = None


def put_on_file(
    desk: Desk,
    kind: DocumentKind,
    *sections: Section,
    which: Which | None = None,
    addressed_to: str = "",
    details: Mapping[str, str] | None = None,
) -> None:
    """Make one paper of the case and keep it, as the next version unless it has its own."""
    work, case, which = desk.work, desk.case, which or Which()
    paper = Paper(
        kind=kind,
        reference=case.reference,
        partnership=work.partnership.name,
        prepared_on=work.today,
        version=which.version or _next_version(work, case, kind, which.subject),
        addressed_to=addressed_to,
        details=tuple(Answer(label=label, text=text) for label, text in (details or {}).items()),
        sections=sections,
    )
    file_paper(work, desk.tools, paper, case, which.subject)


def parts(heading: str, command: BaseModel, known: Names) -> tuple[Section, ...]:
    """Return an act's words as the parts of a paper: its answers, then its tables."""
    return (as_section(heading, command, known), *as_tables(command, known))


def on_day(day: date | None) -> str:
    """Return a day as people write it; nothing when it is not known."""
    return weekday_day_month_year(day) if day else ""


def key_dates(case: Case) -> dict[str, str]:
    """Return the days on which the case's clocks hang, as a paper's details."""
    return {
        "Local authority aware": on_day(london_date(case.aware_at) if case.aware_at else None),
        "Referral received": on_day(london_date(case.referred_at)),
        "Panel notified": on_day(london_date(case.notified_at) if case.notified_at else None),
        "Notification reference": case.notification_reference,
    }


def the_children(work: UnitOfWork, case: Case) -> Section:
    """Return the children of the incident; only for papers that never leave the partnership."""
    rows = tuple(
        (child.name, on_day(child.born_on), str(child.particulars.get("care", "")))
        for child in children(work.session, case.id)
    )
    columns = ("Name", "Date of birth", "Standing with the local authority")
    return Section(
        heading="The children",
        table=Table(caption="Children of this incident", columns=columns, rows=rows)
        if rows
        else None,
    )


def signatures(work: UnitOfWork, case: Case, matter: SignOffMatter, round_: int) -> Section:
    """Return the three partners' positions on the matter, dissent included (GOV-11)."""
    signed = sign_offs(work.session, case.id, matter, round_)
    known = names_for(work, *(one.person_id for one in signed))
    rows = tuple(
        (
            one.seat.value,
            known.get(one.person_id, ""),
            one.position.value,
            one.reasons,
            on_day(london_date(one.at)),
        )
        for one in signed
    )
    columns = ("Partner", "Signed by", "Position", "Reasons or comments", "On")
    return Section(
        heading="Sign-off by the three safeguarding partners",
        table=Table(caption="Positions", columns=columns, rows=rows) if rows else None,
        paragraphs=() if rows else ("Not yet signed.",),
    )


def due_days(work: UnitOfWork, case: Case) -> Section:
    """Return the case's clocks with their last days and when each was met."""
    rows = tuple(
        (
            one.clock,
            one.duty,
            on_day(one.due),
            on_day(one.met_on) or one.ended_because or "Running",
            one.rule,
        )
        for one in clocks(work.session, case.id)
    )
    columns = ("Clock", "Duty", "Last day", "Met", "Rule")
    return Section(
        heading="Dates",
        table=Table(caption="Clocks of this case", columns=columns, rows=rows) if rows else None,
    )


def _next_version(work: UnitOfWork, case: Case, kind: DocumentKind, subject: str) -> int:
    form = kind.particulars.forms[0].value
    return next_version(work.session, case.id, kind.value, subject, form)

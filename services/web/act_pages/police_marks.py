"""Pages on which a part of a case is marked as police-sensitive, reviewed and shown again."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from services.casework.access.documents import papers_seen
from services.casework.steps.police_marks import police_marks
from services.casework.steps.rounds.marked_matters import waiting_on
from services.database.cases import Case
from services.database.history import Fact, entries, facts
from services.database.police_marks import PoliceMark
from services.database.unit_of_work import UnitOfWork
from services.domain.labels import label
from services.domain.parties import party_name
from services.domain.plain_dates import weekday_day_month_year
from services.domain.plain_text import capital
from services.domain.police_marks import UNMARKABLE, ListedSeat
from services.domain.working_days import london_date
from services.web.act_pages.act_page import ActPage
from services.web.forms.fields import Choice, Options


def _what_may_be_marked(work: UnitOfWork, case: Case) -> Options:
    """Offer the documents and the entries that the actor reads, the newest first."""
    documents = tuple(
        Choice(str(one.id), one.shown_title, f"Document: {one.shown_form}, version {one.version}")
        for one in papers_seen(work, case)
        if one.said
    )
    told = tuple(
        Choice(
            str(one.id),
            capital(label(one.entry_type)),
            f"Entry of {weekday_day_month_year(london_date(one.at))}",
        )
        for one in entries(work.session, case.id)
        if one.entry_type not in UNMARKABLE
    )
    return {"about": (*documents, *told)}


def _own_marks(work: UnitOfWork, case: Case) -> Options:
    """Offer the marks that the actor may change, with who reads each and who waits for it."""
    known: dict[UUID | None, Fact] = {one.id: one for one in facts(work.session, case.id)}
    return {
        "mark": tuple(
            Choice(str(one.id), _name(one, known), " ".join(_told(work, case, one)))
            for one in police_marks.own_marks(work, case)
        )
    }


def _name(mark: PoliceMark, known: Mapping[UUID | None, Fact]) -> str:
    if mark.section is not None:
        return f"The whole section: {label(mark.section)}"
    return capital(label(known[mark.entry_id].entry_type))


def _told(work: UnitOfWork, case: Case, mark: PoliceMark) -> Iterator[str]:
    """Say which seats read it, until when, and which signers wait to."""
    seats = ", ".join(label(one) for one in ListedSeat if one in mark.listed)
    yield f"Read by: {seats}. To be reviewed on {weekday_day_month_year(mark.review_on)}."
    for matter, parties in waiting_on(work, case, mark).items():
        names = ", ".join(
            party_name(one.seat, one.authority, work.partnership.authorities)
            + ("" if one.partnership_id == case.tenant_id else " of a partnership in the review")
            for one in parties
        )
        yield f"Waiting to read it before {label(matter)} can be signed: {names}."


PAGES = (
    ActPage(
        act=police_marks.MARK_SENSITIVE,
        path="police-sensitive/mark",
        title="Mark a part of the case as police-sensitive",
        button="Mark it",
        done="It is hidden from every seat that is not listed.",
        narrow=_what_may_be_marked,
    ),
    ActPage(
        act=police_marks.REVIEW_MARK,
        path="police-sensitive/review",
        title="Review who reads what is marked as police-sensitive",
        button="List them",
        done="The seats that read it are as you listed them.",
        narrow=_own_marks,
    ),
    ActPage(
        act=police_marks.LIFT_MARK,
        path="police-sensitive/lift",
        title="Lift a police-sensitive mark",
        button="Lift it",
        done="What was marked is shown again to everybody who reads the case.",
        narrow=_own_marks,
    ),
)

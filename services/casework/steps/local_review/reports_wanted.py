"""What the agencies of a local review are asked to send, for which period, and who is left out."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from pydantic import Field

from services.casework.commands import (
    AgencyChoices,
    Command,
    Day,
    LawfulBasis,
    LongText,
)
from services.casework.steps.local_review.terms_amended import terms_in_force
from services.casework.steps.local_review.terms_said import TermsKept
from services.casework.steps.other_reviews.held_back import Heeded, must_heed_asking
from services.casework.steps.reports_judged import is_settled_by
from services.casework.steps.scoping.reports_settled import agencies_asked
from services.database.cases import Case
from services.database.history import Entry, all_of, facts
from services.database.partnerships import agency_names
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import WantedItem
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused
from services.domain.review_methods import ASKED_FIRST

_SINCE = "They look at events from"
_WANTED = "What are they asked to send?"
_FIRST_REQUEST: Final = "request_reports"
_SETTLED: Final = (
    EntryType.REPORT_ACCEPTED,
    EntryType.REPORTS_JUDGED,
    EntryType.REPORT_EXCUSED,
)


class AskedByTerms(Command):
    """What the terms of reference say already of whom to ask, about which time, and for what."""

    agencies: AgencyChoices = Field(
        title="Which agencies are asked?",
        description="All that served the family in the period of the terms of reference (LC-29).",
    )
    period_from: Day | None = Field(default=None, title=_SINCE)
    period_to: Day | None = Field(default=None, title="to")
    wanted: tuple[WantedItem, ...] = Field(default=(), title=_WANTED)


class ReportsRequested(AskedByTerms):
    """A request as it is kept; of one from before period and items were asked they are unknown."""

    request: LongText = Field(
        title="What should they look at?",
        description="About the case, policy or procedure (LC-11). It goes into the letter, with "
        "the key lines of enquiry.",
    )
    due: Day = Field(title="By when?")
    lawful_basis: LawfulBasis
    left_out: LongText | None = Field(
        default=None,
        title="Which agencies of the terms of reference are not asked, and why?",
        description="They are asked formally, all of them, unless there is a reason (LC-29).",
    )
    heeded: Heeded = None


class RequestReports(ReportsRequested):
    """Which agencies take part in the review, what they send, and by when (LC-29, LC-33)."""

    period_from: Day = Field(title=_SINCE)
    period_to: Day = Field(title="to")
    wanted: tuple[WantedItem, ...] = Field(
        title=_WANTED,
        description="As the terms of reference say how information is gathered (LC-32).",
        min_length=1,
    )


def asked_by_terms(work: UnitOfWork, case: Case) -> AskedByTerms | None:
    """Return what the terms in force say of it, without the agencies that were asked since.

    What is wanted follows from their method (LC-32, LC-37); whoever asks may change it.
    """
    terms = _terms(work, case)
    if terms is None:
        return None
    return AskedByTerms(
        agencies=_still_to_ask(terms, agencies_asked(work, case)),
        period_from=terms.period_from,
        period_to=terms.period_to,
        wanted=ASKED_FIRST[terms.method] if terms.method else (),
    )


def must_be_askable(
    work: UnitOfWork, case: Case, said: RequestReports, asked: Iterable[UUID]
) -> None:
    """Refuse a request that leaves somebody out, or asks what is held back, in silence (LC-17)."""
    must_ask_all_of_terms(work, case, said, asked)
    must_heed_asking(work, case, said.heeded)


def must_ask_all_of_terms(
    work: UnitOfWork, case: Case, said: RequestReports, asked: Iterable[UUID]
) -> None:
    """Refuse to leave out an agency of the terms of reference in silence (LC-29)."""
    terms = _terms(work, case)
    missing = _still_to_ask(terms, {*asked, *said.agencies}) if terms else ()
    if missing and said.left_out is None:
        names = agency_names(work.session)
        named = ", ".join(names.get(one, "an agency") for one in missing)
        raise AnswerRefused("left_out", f"Say why this is not asked, or ask it too: {named}.")


def newest_request(asked: Sequence[Entry], agency_id: UUID | None) -> ReportsRequested | None:
    """Return the newest of these requests that names the agency, if one does."""
    named = _naming(asked, agency_id)
    return ReportsRequested.model_validate(named[-1].command) if named else None


def items_asked(asked: Sequence[Entry], agency_id: UUID | None) -> tuple[WantedItem, ...]:
    """Return all that these requests ask of the agency; nothing where one does not say it."""
    said = [ReportsRequested.model_validate(one.command) for one in _naming(asked, agency_id)]
    if not all(one.wanted for one in said):
        return ()
    return tuple(one for one in WantedItem if any(one in each.wanted for each in said))


def standing_requests(work: UnitOfWork, case: Case, agency_id: UUID) -> list[Entry]:
    """Return the requests that the agency has still to answer, else the last one, oldest first.

    What was asked of it before its report was accepted, or no longer waited for, is settled; and
    so is all that it was asked for a review before this one.
    """
    asked = _naming(all_of(work.session, case.id, EntryType.REPORTS_REQUESTED), agency_id)
    first = [at for at, one in enumerate(asked) if one.act == _FIRST_REQUEST]
    settled = settled_at(work, case, agency_id)
    now = [one for one in asked[max(first, default=0) :] if one.number > settled]
    return now or asked[-1:]


def settled_at(work: UnitOfWork, case: Case, agency_id: UUID) -> int:
    """Return the number of the entry by which the agency's report was last settled, or nought."""
    ended = facts(work.session, case.id, *_SETTLED)
    return max((one.number for one in ended if is_settled_by(one, agency_id)), default=0)


def must_be_a_period(period_from: date | None, period_to: date | None) -> None:
    """Refuse half a period, and one that ends before it begins."""
    if period_from is None and period_to is None:
        return
    if period_from is None or period_to is None:
        field = "period_from" if period_from is None else "period_to"
        raise AnswerRefused(field, "Enter both days of the period, or neither.")
    if period_to < period_from:
        raise AnswerRefused("period_to", "The period cannot end before it begins.")


def _naming(asked: Iterable[Entry], agency_id: UUID | None) -> list[Entry]:
    return [one for one in asked if str(agency_id) in one.command["agencies"]]


def _terms(work: UnitOfWork, case: Case) -> TermsKept | None:
    entry = terms_in_force(work, case)
    return None if entry is None else TermsKept.model_validate(entry.command)


def _still_to_ask(terms: TermsKept, asked: Iterable[UUID]) -> tuple[UUID, ...]:
    return tuple(one for one in terms.agencies if one not in set(asked))

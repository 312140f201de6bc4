"""An agency's own part of a case: what it sent, what it is asked, why it came back, the outcome."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from services.casework.act import Act
from services.casework.steps import joined_cases, return_correction
from services.casework.steps.local_review.agency_reports import SUBMIT_REPORT, RequestReports
from services.casework.steps.local_review.terms_of_reference import AgreeTerms
from services.casework.steps.outcome_told import (
    OutcomeTold,
    is_told_outcome,
    outcome_told,
    told_closed_on,
)
from services.casework.steps.referral.who_referred import OF_WHO_ENTERED, sent_by_agency
from services.casework.steps.scoping import return_confirmation, scoping_returns
from services.casework.steps.scoping.scoping import HEALTH_RECORDS, IN_LAW, RequestReturns
from services.database.cases import Case, children
from services.database.history import Entry, all_of, last_fact
from services.database.joint_reviews import newest_membership
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import Answer
from services.domain.entry_types import EntryType
from services.domain.plain_dates import day_month_year
from services.domain.workflow import Stage
from services.web.timeline import Told, tell_as_read

OF_RETURNS = (
    scoping_returns.SUBMIT_RETURN,
    return_confirmation.CONFIRM_RETURN,
    return_correction.CORRECT_RETURN,
)
BESIDE_ANSWER = (*OF_RETURNS, SUBMIT_REPORT)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPartView:
    """What the agency's page of a case shows besides its requests and documents.

    ``is_entered`` says that somebody else entered the referral for the agency. ``is_joint`` says
    that the review is, or was, carried together with another partnership.
    """

    referral: list[Told]
    is_entered: bool
    came_back: list[Told]
    inspectorates: list[Told]
    outcome: OutcomeTold | None
    closed_on: date | None
    is_joint: bool


def own_part_view(work: UnitOfWork, case: Case) -> OwnPartView | None:
    """Return the agency's own part to one of its people; to everybody else nothing."""
    if not is_told_outcome(work, case):
        return None
    sent = all_of(work.session, case.id, EntryType.REFERRED)[:1]
    is_entered = not all(map(sent_by_agency, sent))
    return OwnPartView(
        referral=_own_referral(work, case, sent, is_entered=is_entered),
        is_entered=is_entered,
        came_back=_came_back(work, case),
        inspectorates=_inspectorates(work, case),
        outcome=outcome_told(work, case),
        closed_on=told_closed_on(work, case),
        is_joint=_is_joint(work, joined_cases.carrying_case(work, case) or case),
    )


def asked_of_agency(work: UnitOfWork, act: Act, case: Case) -> list[Told]:
    """Return what the actor's agency is asked, to stand beside its answer; of no other agency."""
    if work.actor.agency_id is None:
        return []
    if act in OF_RETURNS:
        return _told(work, _asking_own(work, case, EntryType.RETURNS_REQUESTED), case)
    asked = _told(work, _asking_own(work, case, EntryType.REPORTS_REQUESTED), case)
    return [*_came_back(work, case), *asked, *_key_lines(work, case)]


def _is_joint(work: UnitOfWork, case: Case) -> bool:
    """Tell whether a joint review carries the case, or did when it was closed.

    The outcome may stand on another partnership's case then, and not on this one.
    """
    if case.stage not in {Stage.JOINT_REVIEW, Stage.CLOSED}:
        return False
    return newest_membership(work.session, case.id) is not None


def _own_referral(
    work: UnitOfWork, case: Case, sent: Sequence[Entry], *, is_entered: bool
) -> list[Told]:
    """Return what the agency sent, or what was entered for it, if it referred the case.

    What the partnership itself referred on is no referral of the agency that asked for a review,
    or that was named before as who asked.
    """
    if case.referred_by_agency_id != work.actor.agency_id:
        return []
    if not is_entered:
        return tell_as_read(work, sent, lambda _entry: True)
    named = last_fact(work.session, case.id, EntryType.REFERRER_NAMED)
    if named is None or named.number < sent[0].number:
        return []
    return tell_as_read(work, sent, lambda _entry: True, without=OF_WHO_ENTERED)


def _inspectorates(work: UnitOfWork, case: Case) -> list[Told]:
    """Return which bodies the agency said it told; of no other agency (NOT-18)."""
    own = str(work.actor.agency_id)
    told = all_of(work.session, case.id, EntryType.INSPECTORATE_TOLD)
    return tell_as_read(work, [one for one in told if one.subject == own], lambda _entry: True)


def _came_back(work: UnitOfWork, case: Case) -> list[Told]:
    """Return why the agency's report came back, until it is sent again."""
    own = str(work.actor.agency_id)
    returned = all_of(work.session, case.id, EntryType.REPORT_RETURNED)
    sent = all_of(work.session, case.id, EntryType.REPORT_SUBMITTED)
    last_sent = max((one.number for one in sent if one.subject == own), default=0)
    open_ = [one for one in returned if one.subject == own and one.number > last_sent]
    return tell_as_read(work, open_[-1:], lambda _entry: True)


def _asking_own(work: UnitOfWork, case: Case, kind: EntryType) -> list[Entry]:
    own = str(work.actor.agency_id)
    asked = all_of(work.session, case.id, kind)
    return [one for one in asked if own in one.command["agencies"]][-1:]


def _told(work: UnitOfWork, asked: list[Entry], case: Case) -> list[Told]:
    """Tell the request without the other agencies, and of whom it is."""
    told = tell_as_read(work, asked, lambda _entry: False)
    return [
        replace(one, said=tuple(_said(work, entry, case)))
        for one, entry in zip(told, asked, strict=True)
    ]


def _said(work: UnitOfWork, entry: Entry, case: Case) -> Iterator[Answer]:
    for child in children(work.session, case.id):
        born = f", born on {day_month_year(child.born_on)}" if child.born_on else ""
        yield Answer(label="Child", text=f"{child.name}{born}")
    if entry.entry_type is EntryType.RETURNS_REQUESTED:
        asked = RequestReturns.model_validate(entry.command)
        yield Answer(label="What you are asked to look for", text=asked.message)
        yield from _why(asked.lawful_basis)
        return
    report = RequestReports.model_validate(entry.command)
    yield Answer(label="What is asked for", text=report.request)
    yield from _why(report.lawful_basis)


def _why(lawful_basis: str) -> Iterator[Answer]:
    """Tell why the agency may share what it is asked for (INF-01, INF-03, INF-04)."""
    yield Answer(label="Under which law it is asked for", text=IN_LAW)
    yield Answer(label="Lawful basis of the request", text=lawful_basis)
    yield Answer(label="If health records are asked for", text=HEALTH_RECORDS)


def _key_lines(work: UnitOfWork, case: Case) -> list[Told]:
    """Return the key lines of enquiry against which the report is to be analysed (LC-33)."""
    terms = all_of(work.session, case.id, EntryType.TERMS_AGREED)[-1:]
    told = tell_as_read(work, terms, lambda _entry: False)
    lines = [AgreeTerms.model_validate(one.command).key_lines for one in terms]
    said = [
        tuple(
            Answer(label=f"Key line of enquiry {number}", text=one.question)
            for number, one in enumerate(each, start=1)
        )
        for each in lines
    ]
    return [replace(one, said=words) for one, words in zip(told, said, strict=True)]

"""An agency's own part of a case: what it sent, why that came back, and the outcome."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.casework.steps import joined_cases
from services.casework.steps.outcome_told import OutcomeTold, outcome_told, told_closed_on
from services.casework.steps.referral.who_referred import OF_WHO_ENTERED, sent_by_agency
from services.casework.steps.reports_judged import JUDGED, each_alone
from services.casework.steps.who_is_told import is_told_outcome
from services.database.cases import Case
from services.database.history import Entry, all_of, last_fact
from services.database.joint_reviews import newest_membership
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.workflow import Stage
from services.web.timeline import Told, tell_as_read


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPartView:
    """What the agency's page of a case shows besides its requests and documents.

    ``is_entered`` says that somebody else entered the referral for the agency. ``is_joint`` says
    that the review is, or was, carried together with another partnership.
    """

    referral: list[Told]
    is_entered: bool
    came_back: list[Told]
    invited: list[Told]
    inspectorates: list[Told]
    outcome: OutcomeTold | None
    closed_on: date | None
    is_joint: bool

    @property
    def of_lead(self) -> tuple[Entry, ...]:
        """Return what the outcome is read from on another partnership's case, which knows that."""
        return self.outcome.of_lead if self.outcome else ()


def own_part_view(work: UnitOfWork, case: Case) -> OwnPartView | None:
    """Return the agency's own part to one of its people; to everybody else nothing."""
    if not is_told_outcome(work, case):
        return None
    sent = all_of(work.session, case.id, EntryType.REFERRED)[:1]
    is_entered = not all(map(sent_by_agency, sent))
    return OwnPartView(
        referral=_own_referral(work, case, sent, is_entered=is_entered),
        is_entered=is_entered,
        came_back=came_back(work, case),
        invited=_invited(work, case),
        inspectorates=_inspectorates(work, case),
        outcome=outcome_told(work, case),
        closed_on=told_closed_on(work, case),
        is_joint=_is_joint(work, joined_cases.carrying_case(work, case) or case),
    )


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


def _invited(work: UnitOfWork, case: Case) -> list[Told]:
    """Return to which meetings the agency was invited about its report; of no other (LC-35)."""
    own = str(work.actor.agency_id)
    called = all_of(work.session, case.id, EntryType.REPORT_MEETING_CALLED)
    return tell_as_read(work, [one for one in called if one.subject == own], lambda _entry: True)


def came_back(work: UnitOfWork, case: Case) -> list[Told]:
    """Return why the agency's report came back, until it is sent again."""
    own = str(work.actor.agency_id)
    judged = each_alone(all_of(work.session, case.id, *JUDGED))
    returned = [one for one in judged if one.entry_type is EntryType.REPORT_RETURNED]
    sent = all_of(work.session, case.id, EntryType.REPORT_SUBMITTED)
    last_sent = max((one.number for one in sent if one.subject == own), default=0)
    open_ = [one for one in returned if one.subject == own and one.number > last_sent]
    return tell_as_read(work, open_[-1:], lambda _entry: True)

"""Who is told before what partnerships show each other ends by its date, and when it has ended.

Both sides' managers are warned 20 and 5 working days before the last day; managers and chairs are
told when it has passed, for signatures wait where what is signed is shown no longer. Two people
extend it: the grant that takes its place ends the warning.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from services.casework.effects import open_todo
from services.casework.effects.email_recipients import EmailContext
from services.casework.effects.emails import enqueue_email, key_stem, undeclared_stem
from services.database.assignments import open_of
from services.database.cases import Case, cases_of, get_case
from services.database.joint_reviews import CaseGrant, memberships_in
from services.database.shown import approved_grants
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailMatter, EmailTrigger
from services.domain.identifiers import CaseId
from services.domain.joint_reviews import last_day_before
from services.domain.roles import Role
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.domain.working_days import london_date

NO_CASE: Final = UUID(int=0)
WARNED_BEFORE: Final = (20, 5)  # working days before the last day
LOOKS_BACK: Final = timedelta(days=60)  # what ended before that was told, or is told no more


@dataclass(frozen=True, slots=True)
class Ending:
    """A grant that will end, or has ended by its date, and our own case that it is about.

    Who shows the case can extend it; who reads it can ask for that.
    """

    grant: CaseGrant
    case: Case
    is_ours: bool

    @property
    def last_day(self) -> date:
        """Return the last day on which it is shown."""
        return last_day_before(self.grant.until_at)

    @property
    def todo(self) -> Todo:
        """Return what our manager can do about it."""
        return Todo.EXTEND_SHARING if self.is_ours else Todo.ASK_FOR_EXTENSION

    @property
    def matter(self) -> EmailMatter:
        """Return what our manager is told that it is about."""
        return EmailMatter.EXTEND_SHARING if self.is_ours else EmailMatter.ASK_FOR_EXTENSION

    @property
    def event(self) -> EmailTrigger:
        """Return what has happened when the last day has passed."""
        return EmailTrigger.SHARING_ENDED if self.is_ours else EmailTrigger.SHOWING_ENDED


def warn_of_ends(work: UnitOfWork, posted: Set[str]) -> None:
    """Warn of what ends soon and tell what has ended, each once; forget what was extended.

    ``posted`` are the stems of the emails that were posted already.
    """
    grants = approved_grants(work.session, after=work.now - LOOKS_BACK)
    _close_settled(work, {one.id for one in grants})
    for ending in _endings(work, grants) if grants else ():
        if ending.grant.until_at <= work.now:
            about = EmailContext(part=f"{ending.grant.id}:by its date")
            _post(work, ending, ending.event, about, posted)
        elif (come := _newest_warning(work, ending)) is not None:
            about = EmailContext(
                matter=ending.matter,
                due=ending.last_day,
                todo=ending.todo,
                role=Role.BUSINESS_MANAGER,
                part=f"{ending.grant.id}:near:{come}",
            )
            if _post(work, ending, EmailTrigger.DEADLINE_NEAR, about, posted):
                subject = str(ending.grant.id)
                open_todo(work, ending.case, ending.todo, last_day=ending.last_day, subject=subject)


def _endings(work: UnitOfWork, grants: Sequence[CaseGrant]) -> Iterator[Ending]:
    """Yield the grants of joint reviews that go on, each with our own case.

    Of an invitation that waits for an answer only the side that shows is told.
    """
    ours = work.actor.partnership_id
    beside = memberships_in(work.session, {one.joint_review_id for one in grants})
    known = {one.joint_review_id for one in beside}
    goes_on = {one.joint_review_id: one.case_id for one in beside if one.until_at is None}
    cases = cases_of(work.session, {*goes_on.values(), *(one.case_id for one in grants)})
    for grant in grants:
        is_ours, review = grant.tenant_id == ours, grant.joint_review_id
        waits = is_ours and review not in known
        case = cases.get(grant.case_id if waits else goes_on.get(review, NO_CASE))
        if case is not None and case.stage is not Stage.CLOSED:
            yield Ending(grant, case, is_ours)


def _newest_warning(work: UnitOfWork, ending: Ending) -> date | None:
    """Return the day of the newest warning that has come since the grant came into force."""
    assert ending.grant.approved_at is not None  # noqa: S101 - only approved grants are asked for
    begun = london_date(ending.grant.approved_at)
    days = [work.calendar.subtract_working_days(ending.last_day, many) for many in WARNED_BEFORE]
    return max((day for day in days if begun <= day <= work.today), default=None)


def _post(
    work: UnitOfWork, ending: Ending, event: EmailTrigger, about: EmailContext, posted: Set[str]
) -> bool:
    """Post the email unless it was posted already, and tell whether it is new."""
    stems = {one(ending.case, event, about.part) for one in (key_stem, undeclared_stem)}
    if posted & stems:
        return False
    # The case before its emails, as acts lock them.
    get_case(work.session, CaseId(ending.case.id), for_change=True)
    enqueue_email(work, ending.case, event, about)
    return True


def _close_settled(work: UnitOfWork, live: Set[UUID]) -> None:
    """Close what was asked about a grant that another one has replaced, or that was ended."""
    for one in open_of(work.session, Todo.EXTEND_SHARING, Todo.ASK_FOR_EXTENSION):
        if UUID(one.subject) not in live:
            one.closed_at = work.now
            work.session.add(one)

"""The duties that are met by emails to people here, once the mail service has accepted them.

The record and the outcome of the rapid review go to its attendees and to the agencies (K8), the
decision to the chair (K9). Each is met on the day on which the last of its emails was accepted, and
is open again at its old day when one of them came back. For K8 the Panel is sent its papers too.
K2 and K5 are met by the act that writes the emails, and taken back in the same way.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from services.casework.effects.clocks import last_day, mark_met, reopen_clock
from services.casework.effects.email_recipients import EmailContext
from services.casework.effects.emails import enqueue_email
from services.casework.effects.told_by_act import TAKEN_BACK_BY, told_by_act
from services.database.cases import Case
from services.database.clocks import open_clock
from services.database.dispatches import dispatches, occasions_of
from services.database.history import facts
from services.database.outbox import DeliveryStatus, OutboxEmail, case_emails
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.dispatches import Notice, met_on
from services.domain.emails import EmailTrigger
from services.domain.entry_types import LEFT_FOR_PANEL
from services.domain.working_days import london_date

MET_BY: Final[Mapping[ClockId, tuple[EmailTrigger, ...]]] = MappingProxyType(
    {
        ClockId.K8: (EmailTrigger.RAPID_REVIEW_SUBMITTED, EmailTrigger.OUTCOME_TOLD),
        ClockId.K9: (EmailTrigger.CHAIR_TOLD,),
    }
)
# Of what is told of the decision, the review group's has no last day (RR-51).
OF_THE_DECISION: Final = (
    *MET_BY[ClockId.K8],
    *MET_BY[ClockId.K9],
    EmailTrigger.RECOMMENDATION_SHARED,
)


def tell_of_decision(work: UnitOfWork, case: Case) -> None:
    """Have everybody here told of the decision: attendees, agencies, chair and review group."""
    for event in OF_THE_DECISION:
        enqueue_email(work, case, event, EmailContext(part=str(case.decision_round)))


def tell_chair_who_declared(work: UnitOfWork, case: Case) -> None:
    """Tell a chair of the decision to whom the case was not open when it was told (LC-01, K9)."""
    was_told = facts(work.session, case.id, *LEFT_FOR_PANEL)
    if was_told and last_day(work, case, ClockId.K9):
        about = EmailContext(part=str(case.decision_round))
        enqueue_email(work, case, EmailTrigger.CHAIR_TOLD, about)


def tell_who_declared(work: UnitOfWork, case: Case, address: str, part: str) -> None:
    """Tell whoever declared an interest that it is decided, also where the case stays closed.

    By the reference alone: it says neither how nor why (LC-01, G7).
    """
    about = EmailContext(address=address, part=part)
    enqueue_email(work, case, EmailTrigger.INTEREST_SETTLED, about)


def meets_a_duty(email: OutboxEmail) -> bool:
    """Tell whether a duty waits for what becomes of it: stopped, it would meet none for ever.

    One that is told only that they must yet declare stands for the act's own email (told_by_act).
    """
    if any(email.event in events for events in MET_BY.values()):
        return True
    return any(
        email.recipient is act.recipient
        and email.event in (*act.events, EmailTrigger.DECLARATION_NEEDED)
        for act in TAKEN_BACK_BY.values()
    )


def count_email(work: UnitOfWork, case: Case, email: OutboxEmail) -> None:
    """Count what became of an email for the duty that it meets, if it meets one."""
    for clock, events in MET_BY.items():
        if email.event in events:
            count_telling(work, case, clock)
    for clock, act in TAKEN_BACK_BY.items():
        if email.recipient is act.recipient:
            _count_return(work, case, clock, email)


def _count_return(work: UnitOfWork, case: Case, clock: ClockId, email: OutboxEmail) -> None:
    """Open the duty again at its old day while one of its emails has failed, and meet it after."""
    told = told_by_act(work, case, clock)
    if email.id not in {one.id for one in told}:
        return
    accepted_on = _accepted_on(told)
    running = open_clock(work.session, case.id, clock)
    if _has_failed(told):
        reopen_clock(work, case, clock)
    elif accepted_on is not None and running is not None and running.taken_back is not None:
        mark_met(work, case, clock, on=accepted_on)


def count_telling(work: UnitOfWork, case: Case, clock: ClockId) -> None:
    """Meet the duty if all that meets it has arrived; open it again where something came back."""
    tellings = list(_tellings(work, case, clock))
    days = [day for day in map(_accepted_on, tellings) if day is not None]
    sent_on = _panel_sent_on(work, case) if clock is ClockId.K8 else date.min
    if days and sent_on is not None:
        mark_met(work, case, clock, on=max(min(days), sent_on))
    elif sent_on is None or any(_has_failed(one) for one in tellings):
        reopen_clock(work, case, clock)


def _tellings(work: UnitOfWork, case: Case, clock: ClockId) -> Iterable[list[OutboxEmail]]:
    """Return the emails that meet the duty, by the decision that they tell of."""
    told: dict[str, list[OutboxEmail]] = {}
    for one in case_emails(work.session, case.id):
        if one.event in MET_BY[clock]:
            part = one.key.rpartition(":")[0].rpartition(":")[2]
            told.setdefault(part, []).append(one)
    return told.values()


def _accepted_on(emails: list[OutboxEmail]) -> date | None:
    """Return the day on which the last of the emails was accepted; None while one waits."""
    days = [
        london_date(one.sent_at)
        for one in emails
        if one.delivery is DeliveryStatus.SENT and one.sent_at is not None
    ]
    return max(days) if days and len(days) == len(emails) else None


def _has_failed(emails: list[OutboxEmail]) -> bool:
    return any(one.delivery is DeliveryStatus.FAILED for one in emails)


def _panel_sent_on(work: UnitOfWork, case: Case) -> date | None:
    """Return the day on which the Panel was first sent the rapid review, if it was (RR-49)."""
    of_case = dispatches(work.session, case.id)
    ours = [one for one in of_case if one.notice is Notice.RAPID_REVIEW_SUBMITTED]
    occasions = occasions_of(ours).values()
    days = (met_on(one.as_sent for one in found) for found in occasions)
    return min((day for day in days if day is not None), default=None)

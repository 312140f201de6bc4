"""Whose duty each clock is, and how they are written to about it."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from services.casework.effects.email_recipients import EmailContext
from services.casework.effects.emails import enqueue_email, enqueue_email_to
from services.database.actions import get_action
from services.database.cases import Case
from services.database.clocks import RunningClock
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.extra import PANEL_ANSWER
from services.domain.clocks.policy_json import stored_policy
from services.domain.clocks.rules import ClockId
from services.domain.clocks.telling import who_is_told
from services.domain.emails import EmailMatter, EmailTrigger
from services.domain.recipients import Recipient
from services.domain.roles import Role

_MANAGER, _NOTIFIER, _AGENCY = Role.BUSINESS_MANAGER, Role.NOTIFIER, Role.AGENCY_LEAD


@dataclass(frozen=True, slots=True)
class Duty:
    """Who must meet a clock, and what an email about it calls the duty."""

    matter: EmailMatter
    role: Role


DUTIES: Final = {
    ClockId.K1: Duty(EmailMatter.NOTIFY, _NOTIFIER),
    ClockId.K2: Duty(EmailMatter.TELL_PARTNERS, _NOTIFIER),
    ClockId.K3: Duty(EmailMatter.TELL_OF_DEATH, _NOTIFIER),
    ClockId.K3B: Duty(EmailMatter.TELL_OF_DEATH, _NOTIFIER),
    ClockId.K4: Duty(EmailMatter.SET_MEETING, _MANAGER),
    ClockId.K5: Duty(EmailMatter.SEND_SCOPING, _MANAGER),
    ClockId.K6: Duty(EmailMatter.RETURN_SCOPING, _AGENCY),
    ClockId.K7: Duty(EmailMatter.HOLD_MEETING, _MANAGER),
    ClockId.K8: Duty(EmailMatter.SEND_RECORD, _MANAGER),
    ClockId.K9: Duty(EmailMatter.TELL_CHAIR, _MANAGER),
    ClockId.K10: Duty(EmailMatter.SUBMIT, _MANAGER),
    ClockId.K11: Duty(EmailMatter.PUBLISH_REVIEW, _MANAGER),
    ClockId.K12: Duty(EmailMatter.PRE_SEND, _MANAGER),
    ClockId.K13: Duty(EmailMatter.KEEP_AVAILABLE, _MANAGER),
    ClockId.K14: Duty(EmailMatter.COMPLETE_ACTION, _AGENCY),
    ClockId.K15: Duty(EmailMatter.REVIEW_RETENTION, _MANAGER),
    ClockId.EXTRA: Duty(EmailMatter.STEP_OF_OUR_OWN, _MANAGER),
}


# As which recipient whoever has the duty is named by a rule.
_REMINDED: Final = {
    _NOTIFIER: {Recipient.DECISION_MAKER},
    _MANAGER: {Recipient.BUSINESS_MANAGER},
    _AGENCY: {Recipient.AGENCY, Recipient.ACTION_OWNER},
}
_TO_OTHERS: Final = {
    EmailTrigger.DEADLINE_NEAR: EmailTrigger.LAST_DAY_NEAR_TOLD,
    EmailTrigger.DEADLINE_PASSED: EmailTrigger.LAST_DAY_MISSED_TOLD,
}


def duty_of(clock: RunningClock) -> Duty:
    """Return who must meet the clock; the Panel's answer is asked after, and owed by nobody."""
    if clock.is_extra and clock.subject == PANEL_ANSWER:
        return Duty(EmailMatter.ASK_PANEL, _MANAGER)
    return DUTIES[clock.clock]


def tell_duty_holder(
    work: UnitOfWork, case: Case, clock: RunningClock, event: EmailTrigger, part: str
) -> None:
    """Write to those whose duty the clock is; the part keeps the same email from going twice."""
    duty = duty_of(clock)
    about = EmailContext(
        matter=_matter(clock, event),
        due=clock.due,
        role=duty.role,
        agency_id=_agency(work, case, clock),
        part=part,
    )
    enqueue_email(work, case, event, about)


def tell_as_the_rule_says(
    work: UnitOfWork, case: Case, clock: RunningClock, event: EmailTrigger, part: str
) -> None:
    """Write to those whom the rule names besides who is reminded already (rules.md 2.2)."""
    duty, is_missed = duty_of(clock), event is EmailTrigger.DEADLINE_PASSED
    reminded = _REMINDED[duty.role] | ({Recipient.BUSINESS_MANAGER} if is_missed else set())
    rule = who_is_told(stored_policy(case.policy), clock.clock, clock.subject)
    named = rule.recipients(is_missed=is_missed)
    about = EmailContext(matter=_matter(clock, event), due=clock.due, part=part)
    others = [one for one in named if one not in reminded]
    if event in _TO_OTHERS:
        enqueue_email_to(work, case, _TO_OTHERS[event], others, about)


def _matter(clock: RunningClock, event: EmailTrigger) -> EmailMatter:
    """Return what is to be done: a meeting is warned of while it has no date (K7)."""
    if clock.clock is ClockId.K7 and event is EmailTrigger.DEADLINE_NEAR:
        return EmailMatter.SET_MEETING
    return duty_of(clock).matter


def _agency(work: UnitOfWork, case: Case, clock: RunningClock) -> UUID | None:
    if clock.clock == ClockId.K6:
        return UUID(clock.subject)
    if clock.clock == ClockId.K14:
        return get_action(work.session, case.id, int(clock.subject)).agency_id
    return None

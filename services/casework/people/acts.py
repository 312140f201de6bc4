"""Every act on who holds which role, listed once: the pages read this."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from services.casework.commands import Command
from services.casework.people.answering import (
    AnswerAppointment,
    SendAgain,
    WithdrawAppointment,
    answer_appointment,
    send_again,
    withdraw_appointment,
)
from services.casework.people.deputies import AppointDeputy, appoint_deputy
from services.casework.people.ending import EndRoles, KeepRole, end_everything, end_role, keep_role
from services.casework.people.entering import AppointPerson, appoint_person
from services.casework.people.lost_factors import (
    AnswerLostFactor,
    ReportLostFactor,
    answer_lost_factor,
    report_lost_factor,
)
from services.casework.people.systems import EnterSystem, enter_system
from services.casework.people.webhooks import (
    AnswerWebhook,
    EndWebhook,
    EnterWebhook,
    answer_webhook,
    end_webhook,
    enter_webhook,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleAct:
    """One act: its command and its function, which takes the id of what it is about.

    All but the first two are about something. Who may is said by `records.begin_administering`.
    """

    name: str
    command: type[Command]
    perform: Callable[..., Any]


APPOINT: Final = PeopleAct(name="appoint", command=AppointPerson, perform=appoint_person)
ENTER_SYSTEM: Final = PeopleAct(name="enter-system", command=EnterSystem, perform=enter_system)
APPOINT_DEPUTY: Final = PeopleAct(
    name="appoint-deputy", command=AppointDeputy, perform=appoint_deputy
)
ANSWER: Final = PeopleAct(
    name="answer-appointment", command=AnswerAppointment, perform=answer_appointment
)
WITHDRAW: Final = PeopleAct(
    name="withdraw-appointment", command=WithdrawAppointment, perform=withdraw_appointment
)
SEND_AGAIN: Final = PeopleAct(name="send-again", command=SendAgain, perform=send_again)
KEEP: Final = PeopleAct(name="keep-role", command=KeepRole, perform=keep_role)
END_ROLE: Final = PeopleAct(name="end-role", command=EndRoles, perform=end_role)
END_EVERYTHING: Final = PeopleAct(name="end-everything", command=EndRoles, perform=end_everything)
REPORT_LOST_FACTOR: Final = PeopleAct(
    name="report-lost-factor", command=ReportLostFactor, perform=report_lost_factor
)
ANSWER_LOST_FACTOR: Final = PeopleAct(
    name="answer-lost-factor", command=AnswerLostFactor, perform=answer_lost_factor
)
ENTER_WEBHOOK: Final = PeopleAct(name="enter-webhook", command=EnterWebhook, perform=enter_webhook)
ANSWER_WEBHOOK: Final = PeopleAct(
    name="answer-webhook", command=AnswerWebhook, perform=answer_webhook
)
END_WEBHOOK: Final = PeopleAct(name="end-webhook", command=EndWebhook, perform=end_webhook)
PEOPLE_ACTS: Final = {
    act.name: act
    for act in (
        APPOINT,
        ENTER_SYSTEM,
        APPOINT_DEPUTY,
        ANSWER,
        WITHDRAW,
        SEND_AGAIN,
        KEEP,
        END_ROLE,
        END_EVERYTHING,
        REPORT_LOST_FACTOR,
        ANSWER_LOST_FACTOR,
        ENTER_WEBHOOK,
        ANSWER_WEBHOOK,
        END_WEBHOOK,
    )
}

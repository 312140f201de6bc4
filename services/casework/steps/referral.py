"""Gate G1: an agency refers a serious incident to the partnership."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from services.casework.act import Act, record_entry
from services.casework.commands import Command, Day, LongText, Moment, Rows, ShortText, YesNo
from services.casework.effects import EmailContext, enqueue_email, last_day, open_todo
from services.casework.form_keys import refuse_repeat
from services.casework.steps.declaration import keep_declaration, must_be_complete
from services.casework.steps.notification_clocks import (
    start_local_clocks,
    start_notification_clocks,
)
from services.database.cases import Case, Child
from services.database.partnerships import Partnership, lock_partnership
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.domain.working_days import london_date

MOST_CHILDREN = 4  # of one notification; further ones are named in its text


class Harm(StrEnum):
    """What happened to the child (NOT-19, NOT-20)."""

    DEATH = "death"
    SERIOUS_HARM = "serious_harm"


class Suspicion(StrEnum):
    """Whether abuse or neglect is in question; “suspected” is enough (NOT-01)."""

    KNOWN = "known"
    SUSPECTED = "suspected"
    NEITHER = "neither"


class Care(StrEnum):
    """The child's standing with the local authority, as the notification asks it."""

    NONE = "none"
    LOOKED_AFTER = "looked_after"
    CARE_LEAVER = "care_leaver"
    CHILD_PROTECTION_PLAN = "child_protection_plan"
    CHILD_IN_NEED = "child_in_need"


class ReferredChild(Command):
    """One child of the incident."""

    name: ShortText = Field(title="Full name")
    born_on: Day | None = Field(default=None, title="Date of birth, if known")
    sex: ShortText | None = Field(default=None, title="Sex")
    ethnicity: ShortText | None = Field(default=None, title="Ethnicity")
    disability: ShortText | None = Field(default=None, title="Known disability")
    care: Care = Field(title="Standing with the local authority")


class Refer(Command):
    """A referral of a serious incident (Doc 1, NOT-14 to NOT-16)."""

    harm: Harm = Field(title="What happened to the child?")
    incident_on: Day = Field(title="When did the incident happen?")
    place: ShortText = Field(title="Where did it happen?", description="A town or setting.")
    children: Annotated[tuple[ReferredChild, ...], Rows(4, "child")] = Field(
        title="The children", description="Up to four; name any others below."
    )
    further_children: LongText | None = Field(default=None, title="Any further children")
    suspicion: Suspicion = Field(title="Is abuse or neglect known or suspected?")
    suspicion_reasons: LongText = Field(title="Why do you say so?")
    seriousness: LongText = Field(
        title="Why is the harm serious?",
        description="Physical health, or serious or long-term impairment. Recovery does not "
        "remove seriousness.",
    )
    family: LongText | None = Field(default=None, title="Family and other significant adults")
    siblings_safety: LongText = Field(title="How are other children being kept safe?")
    other_agencies: LongText | None = Field(default=None, title="Other agencies known")
    partner_consulted: YesNo = Field(title="Has a safeguarding partner been consulted?")
    consultation: LongText = Field(title="Who was consulted and when, or why not?")
    received_at: Moment = Field(title="When did the partnership receive the referral?")
    aware_at: Moment | None = Field(
        default=None,
        title="When was the local authority told, if it was?",
        description="Its out-of-hours team counts. Its clocks count from this until the local "
        "authority itself says when it was aware.",
    )
    has_conflict: YesNo = Field(title="Do you have any conflict of interest in this case?")
    particulars: LongText | None = Field(default=None, title="If so, what is it?")
    keeps_confidential: YesNo = Field(title="Do you agree to keep the case confidential?")


def refer(work: UnitOfWork, command: Refer) -> Case:
    """Open a case on a serious incident and start the clocks that hang on the referral.

    NOT-16, K5, K7 from the referral; K1, K2, K3 where the local authority is already aware.
    The person who refers declares with it (LC-01).
    """
    work.actor.must(REFER.permission)
    partnership = lock_partnership(work.session)
    refuse_repeat(work, REFER.name, command, None)
    _check_children(work, command)
    _check_dates(work, command)
    must_be_complete(command)
    case = _open_case(work, partnership, command)
    _keep_children(work, case, command)
    keep_declaration(work, case, command)
    record_entry(work, case, REFER, command)
    _start(work, case)
    enqueue_email(
        work,
        case,
        EmailTrigger.INCIDENT_REFERRED,
        EmailContext(due=last_day(work, case, ClockId.K5)),
    )
    return case


REFER = Act(
    name="refer",
    command=Refer,
    perform=refer,
    permission=Permission.REFER,
    doing="refer an incident",
    stages=frozenset(Stage),
    entry=EntryType.REFERRED,
    is_listed=False,
    section=Section.FACTS_AND_FAMILY,
    holds_family_data=True,
    opens_case=True,
)


def _check_children(work: UnitOfWork, command: Refer) -> None:
    if not command.children:
        raise AnswerRefused("children", "Enter at least one child.")
    if len(command.children) > MOST_CHILDREN:
        raise AnswerRefused("children", "Enter up to four children, and name the others below.")
    if any(child.born_on and child.born_on > work.today for child in command.children):
        raise AnswerRefused("children", "A date of birth cannot be in the future.")


def _check_dates(work: UnitOfWork, command: Refer) -> None:
    """Refuse days that cannot be so, beside the field that says them."""
    if command.received_at > work.now:
        raise AnswerRefused("received_at", "The referral cannot be received in the future.")
    if command.incident_on > london_date(command.received_at):
        raise AnswerRefused("incident_on", "The incident cannot be after the referral.")
    if command.aware_at is None:
        return
    if command.aware_at > work.now:
        raise AnswerRefused("aware_at", "The local authority cannot become aware in the future.")
    if london_date(command.aware_at) < command.incident_on:
        raise AnswerRefused(
            "aware_at", "The local authority cannot have been aware before the incident."
        )


def _open_case(work: UnitOfWork, partnership: Partnership, command: Refer) -> Case:
    is_death = command.harm is Harm.DEATH
    standings = {child.care for child in command.children}
    case = Case(
        tenant_id=work.actor.partnership_id,
        reference=partnership.next_reference(work.today.year),
        stage=Stage.REFERRED,
        opened_at=work.now,
        is_death=is_death,
        is_looked_after_death=is_death and Care.LOOKED_AFTER in standings,
        is_care_leaver_death=is_death and Care.CARE_LEAVER in standings,
        abuse_suspected=command.suspicion is not Suspicion.NEITHER,
        incident_on=command.incident_on,
        referred_by_agency_id=work.actor.agency_id,
        referred_at=command.received_at,
        aware_at=command.aware_at,
        awareness_stated=command.aware_at is not None and _is_of_authority(work),
        policy=partnership.policy,
        policy_version=partnership.policy_version,
    )
    work.session.add_all((partnership, case))
    work.session.flush()
    return case


def _is_of_authority(work: UnitOfWork) -> bool:
    """Tell whether who refers speaks for the local authority: only its people state (NOT-03)."""
    return work.actor.may(Permission.DECIDE_TO_NOTIFY)


def _keep_children(work: UnitOfWork, case: Case, command: Refer) -> None:
    for place, child in enumerate(command.children, start=1):
        work.session.add(
            Child(
                tenant_id=case.tenant_id,
                case_id=case.id,
                place=place,
                name=child.name,
                born_on=child.born_on,
                particulars=child.model_dump(mode="json"),
            )
        )
    work.session.flush()


def _start(work: UnitOfWork, case: Case) -> None:
    """Start what hangs on the referral, and say whose turn it is."""
    if case.abuse_suspected:
        start_local_clocks(work, case)
        open_todo(work, case, Todo.GIVE_VIEW)
    if not case.awareness_stated:
        open_todo(work, case, Todo.RECORD_AWARENESS)
    if case.aware_at is not None:
        start_notification_clocks(work, case)

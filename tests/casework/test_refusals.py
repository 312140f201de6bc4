"""Each answer that an act refuses: beside its field or by its rule, and nothing is changed."""
# ruff: noqa: E501 -- a table: one refusal, one line

from dataclasses import dataclass

import pytest

from services.casework.steps import closing, declaration, reopening
from services.casework.steps.embedding import action_plan, action_progress
from services.casework.steps.local_review import (
    agency_report_judgement,
    agency_reports,
    delay,
    draft_report,
    quality_assurance,
    reviewer_appointment,
    terms_of_reference,
)
from services.casework.steps.notification import (
    awareness,
    looked_after_death,
    notification,
    notification_decision,
)
from services.casework.steps.publication import pre_publication, publication, publishing
from services.casework.steps.rapid_review import (
    lateness,
    meeting,
    panel,
    rapid_review,
    record_writing,
    submission,
)
from services.casework.steps.referral import referral
from services.casework.steps.scoping import scoping, scoping_returns
from services.casework.steps.sign_off import sign_off
from services.domain.errors import (
    AlreadyDone,
    AnswerRefused,
    CaseworkError,
    NotFound,
    RuleBroken,
    StepNotOpen,
)
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests import factories as say
from tests.driven import Act
from tests.kept import refused
from tests.valid_commands import act_done_by, command_for
from tests.world import PROBATION

MANAGER, CHAIR, NOTIFIER = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR, Role.NOTIFIER
PARTNER, AGENCY, REVIEWER = Role.SAFEGUARDING_PARTNER, Role.AGENCY_LEAD, Role.LEAD_REVIEWER
R, N, RR, P = Stage.REFERRED, Stage.TO_BE_NOTIFIED, Stage.RAPID_REVIEW, Stage.WITH_PANEL
COM, REV, PUB, EMB = (
    Stage.COMMISSIONING,
    Stage.LOCAL_REVIEW,
    Stage.PUBLICATION,
    Stage.EMBEDDING,
)
SENT = "2025-12-12"
REVIEWED = "2026-03-02"
PLANNED = "2026-06-24"
LEARNED = "2026-09-01"


@dataclass(frozen=True)
class Refusal:
    """What is tried when, on a case at which stage, by whom, and what is answered."""

    stage: Stage
    act: Act
    who: Role
    when: str
    refused: str | type[CaseworkError]
    saying: str
    but: dict[str, object]

    @property
    def name(self) -> str:
        """Name the test."""
        return f"{self.act.__name__}: {self.saying}"


def no(*told, **but) -> Refusal:
    """Write one row: the fifth word is the field that is refused, or the kind of refusal."""
    return Refusal(*told, but)


NOTIFYING = (
    no(R, awareness.record_awareness, NOTIFIER, SENT, "aware_at", "future", aware_at="2025-12-13"),
    no(R, awareness.record_awareness, NOTIFIER, SENT, "aware_at", "after the incident", aware_at="2025-12-09"),
    no(N, notification.record_notification, NOTIFIER, SENT, "sent_at", "future", sent_at="2025-12-12 10:01"),
    no(N, notification.record_notification, NOTIFIER, SENT, "sent_at", "was aware", sent_at="2025-12-11 09:59"),
    no(N, notification.record_notification, NOTIFIER, "2025-12-19", "late_reason", "NOT-03", sent_at="2025-12-19 00:01"),
    no(R, notification_decision.decide_to_notify, NOTIFIER, SENT, RuleBroken, "the limit counts from it"),
    no(N, looked_after_death.record_looked_after_death, NOTIFIER, SENT, RuleBroken, "NOT-05", sent_at="2025-12-12 09:00"),
    no(Stage.LOOKED_AFTER_DEATH, looked_after_death.record_looked_after_death, NOTIFIER, SENT, RuleBroken, "the first record stands"),
    no(Stage.NOT_NOTIFIED, reopening.reopen, MANAGER, "2026-01-19", "aware_at", "future", aware_at="2026-01-20"),
    no(Stage.NOT_NOTIFIED, reopening.reopen, MANAGER, "2026-01-19", "aware_at", "first awareness", aware_at="2025-12-10"),
    no(Stage.CLOSED, reopening.reopen, MANAGER, "2026-12-01", StepNotOpen, "not reopened"),
)  # fmt: skip
REVIEWING = (
    no(R, scoping.request_returns, MANAGER, SENT, "agencies", "at least one agency", agencies=()),
    no(RR, scoping_returns.submit_return, AGENCY, "2025-12-22", RuleBroken, "received already"),
    no(RR, scoping_returns.submit_return, AGENCY, "2025-12-22", "records_secured", "RR-41", records_secured=False),
    no(RR, scoping.chase, MANAGER, "2025-12-22", AlreadyDone, "settled already"),
    no(RR, scoping_returns.excuse_return, MANAGER, "2025-12-22", AlreadyDone, "settled already"),
    no(R, scoping.chase, MANAGER, SENT, NotFound, "was not asked"),
    no(N, meeting.set_meeting, MANAGER, SENT, "meeting_at", "too early", meeting_at="2025-12-22 23:59"),
    no(N, meeting.set_meeting, MANAGER, SENT, "meeting_at", "too late", meeting_at="2026-01-06 00:01"),
    no(N, meeting.set_meeting, MANAGER, "2025-12-29", "meeting_at", "still to come", meeting_at="2025-12-28"),
    no(RR, meeting.hold_meeting, CHAIR, "2025-12-30", RuleBroken, "pack first"),
    no(RR, record_writing.write_record, CHAIR, "2026-01-02", StepNotOpen, "after the rapid review meeting"),
    no(RR, rapid_review.answer_criteria, CHAIR, "2026-01-02", StepNotOpen, "after the rapid review meeting"),
    no(RR, rapid_review.propose_decision, CHAIR, "2026-01-02", StepNotOpen, "after the rapid review meeting"),
    # RR-04, RR-30: no rapid review is submitted before its decision is signed by all three.
    no(RR, sign_off.sign_rapid_review, PARTNER, "2026-01-02", RuleBroken, "nothing to sign"),
    no(RR, submission.submit, MANAGER, "2026-01-07 11:00", RuleBroken, "RR-30"),
    no(RR, lateness.tell_lateness, MANAGER, "2026-01-07", "expected_on", "from today", expected_on="2026-01-06"),
    no(P, panel.record_answer, MANAGER, "2026-01-19", "received_on", "future", received_on="2026-01-20"),
    no(P, panel.record_answer, MANAGER, "2026-01-19", "received_on", "before the submission", received_on="2026-01-06"),
    no(P, record_writing.write_record, CHAIR, "2026-01-19", StepNotOpen, "no longer changes"),
    no(P, rapid_review.propose_decision, CHAIR, "2026-01-19", StepNotOpen, "no longer changes"),
    no(Stage.NATIONAL_REVIEW, panel.end_national_review, MANAGER, "2026-02-02", "ended_on", "future", ended_on="2026-02-03"),
    no(Stage.NATIONAL_REVIEW, panel.end_national_review, MANAGER, "2026-02-02", "ended_on", "Panel's answer", ended_on="2026-01-18"),
)  # fmt: skip
COMMISSIONED = (
    no(COM, terms_of_reference.agree_terms, CHAIR, REVIEWED, "key_lines", "LC-07", key_lines=say.key_lines(5)),
    no(COM, terms_of_reference.agree_terms, CHAIR, REVIEWED, "key_lines", "at least one", key_lines=()),
    no(COM, terms_of_reference.agree_terms, CHAIR, REVIEWED, "period_to", "before it begins", period_to="2023-12-31"),
    no(COM, terms_of_reference.agree_terms, CHAIR, REVIEWED, "agencies", "at least one agency", agencies=()),
    no(COM, reviewer_appointment.appoint_reviewer, MANAGER, REVIEWED, "independent", "LC-02", independent=False),
    no(COM, sign_off.sign_terms, PARTNER, REVIEWED, RuleBroken, "nothing to sign"),
    no(REV, declaration.declare, REVIEWER, REVIEWED, AlreadyDone, "declared already"),
    no(REV, agency_reports.request_reports, MANAGER, REVIEWED, "due", "from today", due="2026-03-01"),
    no(REV, agency_reports.request_reports, MANAGER, REVIEWED, "agencies", "at least one agency", agencies=()),
    no(REV, agency_reports.request_reports, MANAGER, REVIEWED, "period_to", "before it begins", period_to="2023-12-31"),
    no(REV, agency_reports.request_reports, MANAGER, REVIEWED, "left_out", "Say why", left_out=None),
    no(REV, agency_reports.submit_report, AGENCY, REVIEWED, "names_no_practitioner", "LC-34", names_no_practitioner=False),
    no(REV, agency_reports.submit_report, AGENCY, REVIEWED, NotFound, "was not asked"),
    no(REV, agency_report_judgement.accept_report, CHAIR, REVIEWED, NotFound, "was not asked"),
    no(REV, draft_report.submit_draft, REVIEWER, REVIEWED, RuleBroken, "LC-29"),
    no(REV, quality_assurance.quality_assure, CHAIR, REVIEWED, RuleBroken, "no draft report yet"),
    no(REV, sign_off.sign_report, PARTNER, REVIEWED, RuleBroken, "nothing to sign"),
    no(REV, delay.record_delay, MANAGER, REVIEWED, "expected_on", "after today", expected_on=REVIEWED),
)  # fmt: skip
PUBLISHED = (
    # PUB-16: nobody can be recognised.
    no(PUB, publication.plan_publication, MANAGER, PLANNED, "anonymised", "G10", anonymised=False),
    no(PUB, publication.plan_publication, MANAGER, PLANNED, "publish_on", "would have had to be sent by", publish_on="2026-07-02"),
    no(PUB, publication.plan_publication, MANAGER, PLANNED, "publish_on", "birthday", publish_on="2027-03-03"),
    no(PUB, publication.plan_publication, MANAGER, PLANNED, "publish_on", "day of the incident", publish_on="2026-12-10"),
    no(PUB, publication.plan_publication, MANAGER, PLANNED, "publish_on", "you avoid", key_dates=({"day": "2026-07-03", "why": "Court"},)),
    no(PUB, publication.withhold_report, MANAGER, PLANNED, "publish_on", "birthday", publish_on="2027-03-03"),
    no(PUB, publication.withhold_report, MANAGER, PLANNED, "publish_on", "would have had to be sent by", publish_on="2026-07-02"),
    # PUB-25: what is published instead of the report is as public as the report (PUB-16).
    no(PUB, publication.withhold_report, MANAGER, PLANNED, "anonymised", "G10", anonymised=False),
    no(PUB, pre_publication.pre_send, MANAGER, PLANNED, RuleBroken, "All partners approve"),
    no(PUB, publishing.publish, MANAGER, "2026-07-03", RuleBroken, "Send the text"),
    no(PUB, publishing.publish_improvements, MANAGER, "2026-07-03", RuleBroken, "Send the text"),
    no(PUB, sign_off.sign_publication, PARTNER, PLANNED, RuleBroken, "nothing to sign"),
    no(EMB, action_plan.propose_plan, CHAIR, LEARNED, "actions", "at least one action", actions=()),
    no(EMB, action_plan.propose_plan, CHAIR, "2026-12-02", "actions", "in the past"),
    no(EMB, action_progress.update_action, AGENCY, LEARNED, NotFound, "no action with that number"),
    no(EMB, sign_off.sign_proposed_plan, PARTNER, LEARNED, RuleBroken, "nothing to sign"),
    no(EMB, sign_off.sign_plan, PARTNER, LEARNED, RuleBroken, "nothing to sign"),
    no(EMB, closing.close, PARTNER, LEARNED, RuleBroken, "G11"),
)  # fmt: skip


@pytest.mark.parametrize(
    "row", [*NOTIFYING, *REVIEWING, *COMMISSIONED, *PUBLISHED], ids=lambda row: row.name
)
def test_it_is_refused_and_nothing_changes(row, cases, one_world, admin_engine):
    command = command_for(act_done_by(row.act), one_world, **row.but)
    field = row.refused if isinstance(row.refused, str) else ""
    kind = AnswerRefused if field else row.refused
    agency = None if row.who is not AGENCY or row.stage is not RR else "Vale School (example)"
    with (
        refused(admin_engine, one_world, kind, field=field, saying=row.saying),
        one_world.act(row.who, row.when, agency=agency) as work,
    ):
        row.act(work, cases[row.stage].case_id, command)


@pytest.mark.parametrize(
    "row",
    [
        ("children", "at least one child", {"children": ()}),
        ("children", "up to four", {"children": tuple(say.child() for _ in range(5))}),
        ("children.0.born_on", "birth cannot be in the future", {"children": (say.child(born_on="2025-12-14"),)}),
        ("received_at", "future", {"received_at": "2025-12-13 10:01"}),
        ("incident_on", "before the referral", {"incident_on": "2025-12-13"}),
        ("aware_at", "future", {"aware_at": "2025-12-13 10:01"}),
        ("aware_at", "before the incident", {"aware_at": "2025-12-09"}),
    ],
)  # fmt: skip
def test_a_referral_that_cannot_be_so_opens_no_case(row, one_world, admin_engine):
    field, saying, but = row
    with (
        refused(admin_engine, one_world, AnswerRefused, field=field, saying=saying),
        one_world.act(AGENCY, "2025-12-13 10:00") as work,
    ):
        referral.refer(work, say.refer(**but))


@pytest.mark.parametrize(
    "row",
    [
        (R, scoping.request_returns, MANAGER, say.request_returns),
        (COM, terms_of_reference.agree_terms, CHAIR, say.agree_terms),
        (REV, agency_reports.request_reports, MANAGER, say.request_reports),
        (EMB, action_plan.propose_plan, CHAIR, say.propose_plan),
    ],
)
def test_another_partnerships_agency_is_not_there_to_be_chosen(row, cases, one_world, admin_engine):
    stage, act, who, command = row
    foreign = one_world.theirs.agency()
    with (
        refused(admin_engine, one_world, NotFound, saying="no such agency"),
        one_world.act(who, "2026-02-02" if stage is not R else SENT) as work,
    ):
        act(work, cases[stage].case_id, command(one_world.ours.agency(), foreign))


def test_an_agency_that_was_not_asked_cannot_return_a_form(cases, one_world, admin_engine):
    with (
        refused(admin_engine, one_world, NotFound, saying="no such case"),
        one_world.act(AGENCY, "2025-12-22", agency=PROBATION) as work,
    ):
        scoping_returns.submit_return(work, cases[RR].case_id, say.submit_return())


def test_a_lead_reviewer_of_another_case_neither_judges_nor_drafts(cases, one_world, admin_engine):
    agency, second = one_world.ours.agency(), one_world.ours.second_reviewer()
    for act, command in (
        (agency_report_judgement.accept_report, say.accept_report(agency)),
        (draft_report.submit_draft, say.submit_draft()),
    ):
        with (
            refused(admin_engine, one_world, NotFound, saying="no such case"),
            one_world.act(second, REVIEWED) as work,
        ):
            act(work, cases[REV].case_id, command)


@pytest.mark.parametrize("person", ["an unknown person", "the chair", "the reviewer already"])
def test_only_another_registered_lead_reviewer_is_appointed(person, cases, one_world, admin_engine):
    role = {"the chair": CHAIR, "the reviewer already": REVIEWER}.get(person)
    chosen = one_world.ours.actor(role).person_id if role else one_world.ours.agency()
    with (
        refused(admin_engine, one_world, AnswerRefused, field="person"),
        one_world.act(MANAGER, REVIEWED) as work,
    ):
        reviewer_appointment.appoint_reviewer(
            work, cases[REV].case_id, say.appoint_reviewer(chosen)
        )

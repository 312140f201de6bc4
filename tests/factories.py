"""Valid words for every act: one function a concept; what a test leaves out does not matter to it.

Moments and days are given as people say them, `2025-12-12 10:00`, and are read in England.
"""

from typing import Any
from uuid import UUID

from services.casework.steps.close_said import Close, CloseUnreviewed
from services.casework.steps.decision_grounds import AnswerCriteria
from services.casework.steps.declaration import Declare
from services.casework.steps.dispatches.held_emails import SettleEmail
from services.casework.steps.family_reading import GrantFamilyReading, WithdrawFamilyReading
from services.casework.steps.local_review.agency_report_judgement import (
    AcceptReport,
    ExcuseReport,
    ReturnReport,
)
from services.casework.steps.local_review.delay import RecordDelay
from services.casework.steps.local_review.draft_said import SubmitDraft
from services.casework.steps.local_review.quality_assurance import QualityAssure
from services.casework.steps.local_review.reviewer_said import AppointReviewer, EndReviewer
from services.casework.steps.local_review.terms_said import AgreeTerms
from services.casework.steps.notification.awareness import CorrectAwareness, RecordAwareness
from services.casework.steps.notification.looked_after_death import RecordLookedAfterDeath
from services.casework.steps.notification.notification import RecordNotification
from services.casework.steps.notification.notification_decision import DecideToNotify, GiveView
from services.casework.steps.plan_said import ProposePlan, UpdateAction
from services.casework.steps.publication import publication_said
from services.casework.steps.publication.presentation import RecordPresentation
from services.casework.steps.publication.published_said import Publish
from services.casework.steps.rapid_review.lateness import TellLateness
from services.casework.steps.rapid_review.meeting import HoldMeeting, SetMeeting
from services.casework.steps.rapid_review.pack_contents import AcceptPack, Minutes
from services.casework.steps.rapid_review.panel import EndNationalReview, RecordAnswer
from services.casework.steps.rapid_review.proposed_decision import ProposeDecision
from services.casework.steps.rapid_review.record_writing import WriteRecord
from services.casework.steps.rapid_review.submission import Submit
from services.casework.steps.referral.duplicates import MarkDuplicate, UndoDuplicate
from services.casework.steps.reopening import Reopen
from services.casework.steps.scoping.scoping import Chase, RequestReturns
from services.casework.steps.scoping.scoping_returns import ExcuseReturn
from services.casework.steps.sign_off.scrutineer_opinion import GiveOpinion
from services.casework.steps.sign_off.sign_off import Sign
from services.domain.actions import Progress
from services.domain.criteria import HaveRegardTo, MustConsider, QualityQuestion
from services.domain.lateness import DelayCourse
from services.domain.mailboxes import NOT_PRODUCTION
from services.domain.publication_days import PublicationStep
from services.domain.sign_off import Position, SignOffMatter
from services.domain.workflow import Outcome, PanelAnswer
from tests import log_factories, referral_factories, report_factories, scoping_factories, words

SAID, words_of = words.SAID, words.words_of
request_reports = report_factories.request_reports
submit_report = report_factories.submit_report
NO_EMAIL = UUID(int=1)
child, refer = referral_factories.child, referral_factories.refer
submit_return, correct_return = scoping_factories.submit_return, scoping_factories.correct_return
enter_return, confirm_return = scoping_factories.enter_return, scoping_factories.confirm_return
correct_referral, refer_on = referral_factories.correct_referral, referral_factories.refer_on
log_lead, decide_lead = log_factories.log_lead, log_factories.decide_lead
request_review = log_factories.request_review
consider_request, tell_area = log_factories.consider_request, log_factories.tell_area


def record_awareness(**but: Any) -> RecordAwareness:
    return words_of(RecordAwareness, but, aware_at="2025-12-11")


def correct_awareness(**but: Any) -> CorrectAwareness:
    return words_of(CorrectAwareness, but, aware_at="2025-12-11 09:00")


def give_opinion(**but: Any) -> GiveOpinion:
    return words_of(GiveOpinion, but, matter=SignOffMatter.RAPID_REVIEW)


def give_view(**but: Any) -> GiveView:
    return words_of(GiveView, but, position=Position.AGREES)


def decide_to_notify(**but: Any) -> DecideToNotify:
    return words_of(DecideToNotify, but)


def record_notification(**but: Any) -> RecordNotification:
    return words_of(RecordNotification, but, sent_at="2025-12-15", reference="SIN-1")


def record_looked_after_death(**but: Any) -> RecordLookedAfterDeath:
    return words_of(RecordLookedAfterDeath, but, sent_at="2025-12-15", reference="LAC-1")


def close_unreviewed(**but: Any) -> CloseUnreviewed:
    return words_of(CloseUnreviewed, but)


def mark_duplicate(of: str = "NMR-1999-001", **but: Any) -> MarkDuplicate:
    return words_of(MarkDuplicate, but, duplicate_of=of)


def undo_duplicate(**but: Any) -> UndoDuplicate:
    return words_of(UndoDuplicate, but)


def reopen(**but: Any) -> Reopen:
    return words_of(Reopen, but, aware_at="2025-12-15")


def request_returns(*agencies: UUID, **but: Any) -> RequestReturns:
    return words_of(RequestReturns, but, agencies=agencies)


def chase(agency: UUID) -> Chase:
    return Chase(agency=agency)


def excuse_return(agency: UUID, **but: Any) -> ExcuseReturn:
    return words_of(ExcuseReturn, but, agency=agency)


def set_meeting(**but: Any) -> SetMeeting:
    return words_of(SetMeeting, but, meeting_at="2025-12-30")


def accept_pack(**but: Any) -> AcceptPack:
    return words_of(AcceptPack, but, minutes=Minutes.TABLED)


def hold_meeting(**but: Any) -> HoldMeeting:
    return words_of(HoldMeeting, but, met_on="2025-12-30", tabled=SAID, chaired_by=NO_EMAIL)


def write_record(**but: Any) -> WriteRecord:
    return words_of(WriteRecord, but)


def answer_criteria(*, panel_prefers_local: bool = False, **but: Any) -> AnswerCriteria:
    said = {"applies": True, "reasons": SAID}
    of_the_panel = {
        "criterion": MustConsider.PANEL_PREFERS_LOCAL,
        "applies": panel_prefers_local,
        "reasons": SAID,
    }
    others = [one for one in MustConsider if one is not MustConsider.PANEL_PREFERS_LOCAL]
    return words_of(
        AnswerCriteria,
        but,
        must=(*({"criterion": one} | said for one in others), of_the_panel),
        regard=tuple({"criterion": one} | said for one in HaveRegardTo),
        settings=("childrens_home",),
    )


def key_lines(how_many: int) -> tuple[dict[str, str], ...]:
    return tuple({"question": f"What happened in part {one}?"} for one in range(how_many))


def propose_decision(outcome: Outcome = Outcome.LOCAL_REVIEW, **but: Any) -> ProposeDecision:
    local, lapsed = outcome is Outcome.LOCAL_REVIEW, outcome is Outcome.NO_LONGER_MET
    action = {"action": SAID, "owner": "Hill Hospital", "by_when": "2026-03-02"}
    usual: dict[str, Any] = {
        "notification_met": not lapsed,
        "no_longer_met": ("abuse",) if lapsed else (),
        "criteria_met": not lapsed,
        "agencies_words": SAID,
    }
    for_review = {"benefit": SAID, "sought": ("new",), "key_lines": key_lines(2)}
    usual |= for_review if local else {"actions": (action,)}
    return words_of(ProposeDecision, but, outcome=outcome, **usual)


def sign(**but: Any) -> Sign:
    return words_of(Sign, but, round=1, position=Position.AGREES)


def submit(**but: Any) -> Submit:
    usual = {"submitted_at": "2026-01-07", "reference": "RR-1", "address": NOT_PRODUCTION.panel}
    return words_of(Submit, but, **usual)


def tell_lateness(**but: Any) -> TellLateness:
    return words_of(TellLateness, but, expected_on="2026-01-09")


def record_answer(answer: PanelAnswer = PanelAnswer.AGREES, **but: Any) -> RecordAnswer:
    return words_of(RecordAnswer, but, received_on="2026-01-19", came_how=SAID, answer=answer)


def end_national_review(**but: Any) -> EndNationalReview:
    return words_of(EndNationalReview, but, ended_on="2026-02-02")


def agree_terms(*agencies: UUID, **but: Any) -> AgreeTerms:
    period = {"period_from": "2024-01-01", "period_to": "2025-12-10"}
    method = {"method": "other", "without_practitioners": SAID}
    usual = {"agencies": agencies, "key_lines": key_lines(3), **period, **method}
    return words_of(AgreeTerms, but, **usual)


def appoint_reviewer(person: UUID, **but: Any) -> AppointReviewer:
    return words_of(AppointReviewer, but, person=person, capacity="lead", endorsed=())


def end_reviewer(person: UUID, **but: Any) -> EndReviewer:
    return words_of(EndReviewer, but, person=person)


def declare(**but: Any) -> Declare:
    return words_of(Declare, but, has_conflict=False)


def grant_family_reading(person: UUID, **but: Any) -> GrantFamilyReading:
    return words_of(GrantFamilyReading, but, person=person, ends_on="2027-01-01")


def withdraw_family_reading(person: UUID, **but: Any) -> WithdrawFamilyReading:
    return words_of(WithdrawFamilyReading, but, person=person)


def return_report(agency: UUID, **but: Any) -> ReturnReport:
    return words_of(ReturnReport, but, agency=agency, by_when="2026-06-30")


def accept_report(agency: UUID, **but: Any) -> AcceptReport:
    return words_of(AcceptReport, but, agency=agency)


def excuse_report(agency: UUID, **but: Any) -> ExcuseReport:
    return words_of(ExcuseReport, but, agency=agency)


def submit_draft(**but: Any) -> SubmitDraft:
    return words_of(SubmitDraft, but)


def quality_assure(**but: Any) -> QualityAssure:
    answers = tuple({"question": one, "holds": True} for one in QualityQuestion)
    return words_of(QualityAssure, but, answers=answers)


def record_delay(**but: Any) -> RecordDelay:
    return words_of(
        RecordDelay,
        but,
        **dict.fromkeys(("arose_on", "group_on", "partners_on"), "2026-02-02"),
        course=DelayCourse.DELAY_PUBLICATION,
        learning=SAID,
        expected_on="2028-04-20",
    )


def record_presentation(**but: Any) -> RecordPresentation:
    return words_of(RecordPresentation, but, held_on="2026-06-08")


def plan_publication(**but: Any) -> publication_said.PlanPublication:
    steps = tuple({"step": one, "owner": SAID} for one in PublicationStep)
    usual = {"publish_on": "2026-07-03", "family_wishes": SAID, "why_this_day": SAID}
    usual["public_name"] = "Child T"
    return words_of(publication_said.PlanPublication, usual | but, timetable=steps)


def withhold_report(**but: Any) -> publication_said.WithholdReport:
    return words_of(
        publication_said.WithholdReport, but, publish_on="2026-07-03", why_this_day=SAID
    )


def pre_send(**but: Any) -> publication_said.PreSend:
    return words_of(publication_said.PreSend, but, family_told_how=SAID)


def publish(**but: Any) -> Publish:
    usual = {"published_on": "2026-07-03", "why_other_day": SAID}
    return words_of(Publish, usual | but, address="https://reviews.example/reports/1")


def propose_plan(*owners: UUID, **but: Any) -> ProposePlan:
    usual = dict.fromkeys(("recommendation", "action", "owner", "measure"), SAID)
    rows = tuple({"agency": one, "last_day": "2026-12-01"} | usual for one in owners)
    return words_of(ProposePlan, but, actions=rows, review_on="2026-12-01")


def update_action(number: int = 1, **but: Any) -> UpdateAction:
    return words_of(UpdateAction, but, number=number, progress=Progress.COMPLETE, rating="green")


def settle_email(email: UUID = NO_EMAIL, **but: Any) -> SettleEmail:
    return words_of(SettleEmail, but, email=email, course="send_again")


def close(**but: Any) -> Close:
    return words_of(Close, but)

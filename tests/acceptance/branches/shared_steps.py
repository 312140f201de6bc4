"""The stretches that several branches share, each with the branch's own dates."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from deployments.demo.partnerships import WITHOUT_ACCOUNT
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.workflow import Outcome, PanelAnswer
from tests.acceptance.chapters import (
    collection,
    commissioning,
    learning,
    meeting,
    notify,
    panel,
    rapid_review,
    report,
    scoping,
)
from tests.acceptance.expectations import Expected
from tests.acceptance.story import Story

AGENCIES: Final = ("hospital", "schools")
DOCUMENTS_OF_A_RAPID_REVIEW: Final = {
    DocumentKind.REFERRAL: 1,
    DocumentKind.NOTIFICATION_RECORD: 1,
    DocumentKind.SCOPING_LETTER: 2,
    DocumentKind.SCOPING_FORM: 4,
    DocumentKind.SCOPING_RETURN: 2,
    DocumentKind.MEETING_PACK: 1,
    DocumentKind.RAPID_REVIEW_RECORD: 4,
    DocumentKind.COVERING_LETTER: 2,
    DocumentKind.COMMISSIONING_NOTICE: 2,
}
DOCUMENTS_OF_A_LOCAL_REVIEW: Final = {
    DocumentKind.TERMS_OF_REFERENCE: 2,
    DocumentKind.REVIEWER_NOTICE: 2,
    DocumentKind.DRAFTING_GUIDANCE: 1,
    DocumentKind.REPORT_REQUEST: 2,
    DocumentKind.CHRONOLOGY_GUIDANCE: 2,
    DocumentKind.AGENCY_REPORT: 2,
    DocumentKind.RECOMMENDATIONS: 1,
    DocumentKind.REPORT_VERSION: 2,
    DocumentKind.PUBLICATION_STRATEGY: 2,
    DocumentKind.PRESS_STATEMENT: 2,
    DocumentKind.STAFF_CONFIRMATIONS: 1,
    DocumentKind.PUBLICATION_NOTICE: 2,
    DocumentKind.PRE_PUBLICATION_DISPATCH: 2,
}
DOCUMENTS_OF_LEARNING: Final = {DocumentKind.ACTION_PLAN: 8}


@dataclass(frozen=True, slots=True, kw_only=True)
class RapidReview:
    """From the referral to the Panel: when people act, what is due, and how each date is met."""

    incident: notify.Incident
    aware_at: str
    referred: str
    notified: str
    returned: str
    meets: str
    signed: str
    outcome: Outcome
    criteria_met: bool
    due: Mapping[str, str]
    how: Mapping[str, str]
    is_from_lead: bool = False
    minutes: str = "not_relevant"
    agencies: tuple[str, str] = AGENCIES
    is_collected: bool = False
    lapsed: rapid_review.Lapsed = ()

    def starts(self, *clocks: str) -> dict[str, str]:
        """Return when these clocks are due."""
        return {clock: self.due[clock] for clock in clocks}

    def met(self, *clocks: str) -> dict[str, str]:
        """Return how these clocks are met; a date that says nothing is met early."""
        return {clock: self.how.get(clock, "early") for clock in clocks}


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalReview:
    """From the terms of reference to the endorsed report: when people act.

    ``silent`` is an agency that never sends its report. Of one that is proportionate no lead
    reviewer is commissioned; ``hears_nobody`` is why no practitioner is heard for it. ``beside``
    reviews together with the lead reviewer.
    ``heeded`` is how what may not be asked for now is kept to.
    """

    terms: str
    endorsed: str
    reports: str
    reports_due: str
    answered: str
    drafted: str
    signed: str
    silent: str = ""
    is_proportionate: bool = False
    hears_nobody: str | None = None
    beside: str = ""
    heeded: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Learning:
    """From the action plan to the close: when people act."""

    agreed: str
    last_day: str
    done: str
    how: str
    closed: str
    keep_until: str


def until_panel_agrees(
    story: Story,
    review: RapidReview,
    answered: str,
    meanwhile: Callable[[], None] = lambda: None,
) -> None:
    """Carry the rapid review from the referral to the Panel, which agrees on the day.

    ``meanwhile`` is what happens once the meeting is set.
    """
    refer_and_notify(story, review)
    send_forms(story, review)
    prepare_and_meet(story, review, meanwhile)
    decide_and_submit(story, review)
    story.on(f"{answered} 10:00")
    panel.answers(story, answered, PanelAnswer.AGREES)


def refer_and_notify(
    story: Story, review: RapidReview, meanwhile: Callable[[], None] = lambda: None
) -> None:
    """Refer, become aware, hear the partners, decide and notify.

    ``meanwhile`` is what happens once the case is referred.
    """
    story.on(review.referred)
    emails = [EmailTrigger.DECLARATION_NEEDED]
    if review.incident.referred_by == "manager":
        emails.append(EmailTrigger.INCIDENT_REFERRED)  # who refers has declared, and is told
    expected = Expected(starts=review.starts("K5", "K7"), emails=tuple(emails))
    notify.refer(story, review.incident, expected)
    meanwhile()
    notify.record_awareness(story, review.aware_at, Expected(starts=review.starts("K1")))
    notify.give_views(story)
    story.on(review.notified)
    record_notification(story, review)


def record_notification(story: Story, review: RapidReview) -> None:
    """Decide to notify, and do it in the same hour."""
    notify.decide(story, notify=True)
    expected = notify.notified(review.starts("K4", "K10"), review.met("K1", "K2"))
    notify.record_notification(story, review.notified, expected)


def send_forms(story: Story, review: RapidReview) -> None:
    """Ask two agencies; where the case came from a lead, neither has seen it."""
    [back_by], [met] = review.starts("K6").values(), review.met("K5").values()
    send = scoping.send_forms_unseen if review.is_from_lead else scoping.send_forms
    send(story, review.agencies, back_by=back_by, met=met)


def prepare_and_meet(
    story: Story, review: RapidReview, meanwhile: Callable[[], None] = lambda: None
) -> None:
    """Set the meeting, have the forms back, accept the pack, hold the meeting.

    ``meanwhile`` is what happens once the meeting is set.
    """
    meeting.set_date(story, review.meets, review.met("K4"))
    meanwhile()
    story.on(review.returned)
    for agency in review.agencies:
        code = (EmailTrigger.GUEST_CODE,) if agency in WITHOUT_ACCOUNT else ()
        scoping.return_form(story, agency, review.met("K6")["K6"], code)
    scoping.accept_pack(story, review.minutes)
    hold_and_write(story, review)


def hold_and_write(story: Story, review: RapidReview) -> None:
    """Hold the meeting, write its record, and answer the criteria."""
    story.on(review.meets)
    expected = Expected(starts=review.starts("K8", "K9"), meets=review.met("K7"))
    meeting.hold(story, review.meets.rpartition(" ")[0], expected)
    rapid_review.write_record(story)
    rapid_review.answer_criteria(story)


def decide_and_submit(story: Story, review: RapidReview) -> None:
    """Put the decision to the partners, have it signed, send it to the Panel."""
    propose(story, review)
    sign_and_submit(story, review)


def propose(story: Story, review: RapidReview, **also: object) -> None:
    """Put the decision to the partners, with what else is said of it."""
    on, met = review.meets.rpartition(" ")[0], review.criteria_met
    said = rapid_review.proposal(review.outcome, met=met, on=on, lapsed=review.lapsed)
    rapid_review.propose(story, {**said, **also})


def sign_and_submit(story: Story, review: RapidReview) -> None:
    """Have the decision signed, and send it to the Panel."""
    story.on(review.signed)
    commissions = review.outcome is Outcome.LOCAL_REVIEW
    rapid_review.sign(story, Expected(starts=review.starts("K11") if commissions else {}))
    met = review.met("K8", "K9", "K10")
    if review.is_collected:
        collection.submit(story, met)
        rapid_review.tell_decision(story)
    else:
        rapid_review.submit(story, review.signed, met)


def review_locally(
    story: Story,
    days: LocalReview,
    once_drafted: Callable[[], None] = lambda: None,
    once_open: Callable[[], None] = lambda: None,
) -> None:
    """Commission the review, hear the agencies, draft the report and have it endorsed.

    ``once_drafted`` is what happens before the draft goes to the partners, ``once_open`` what does
    on the day on which the terms are endorsed.
    """
    commission(story, days)
    once_open()
    story.on(days.reports)
    commissioning.request_reports(story, days.reports_due, days.heeded)
    story.on(days.answered)
    for agency in commissioning.AGENCIES:
        if agency == days.silent:
            commissioning.excuse_report(story, agency)
            continue
        commissioning.send_report(story, agency)
        commissioning.accept_report(story, agency)
    story.on(days.drafted)
    report.recommend(story, days.drafted.rpartition(" ")[0])
    report.submit_draft(story)
    report.plan_communications(story)
    once_drafted()
    report.quality_assure(story, ready=True)
    story.on(days.signed)
    report.sign(story)


def commission(story: Story, days: LocalReview) -> None:
    """Draw up the terms, appoint who reviews, and have the terms endorsed."""
    story.on(days.terms)
    why = {"without_practitioners": days.hears_nobody}
    method = commissioning.SHORTER | why if days.is_proportionate else {}
    commissioning.agree_terms(story, days.terms.rpartition(" ")[0], **method)
    alone = {"capacity": "local", "why_none": "A shorter review."} if days.is_proportionate else {}
    commissioning.appoint_reviewer(story, **alone)
    if days.beside:
        commissioning.appoint_beside(story, days.beside)
        commissioning.declare(story, days.beside)
    story.on(days.endorsed)
    commissioning.declare(story)
    commissioning.sign_terms(story)


def act_on_learning(story: Story, days: Learning) -> None:
    """Agree one action, do it, sign it off, close the case."""
    story.on(days.agreed)
    learning.agree_on_plan(story, {"hospital": days.last_day})
    story.on(days.done)
    learning.complete(story, "hospital", 1, days.how, is_last=True)
    story.on(days.closed)
    learning.sign(story)
    learning.close(story, days.keep_until, days.closed.rpartition(" ")[0], 1)

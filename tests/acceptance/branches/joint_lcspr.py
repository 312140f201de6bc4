"""A joint LCSPR: both areas have begun, one leads, then the other, and both publish."""

from typing import Final

from services.domain.documents import DocumentKind
from services.domain.workflow import Outcome, PanelAnswer, Step
from tests.acceptance.branches import joint_steps, shared_steps
from tests.acceptance.chapters import (
    commissioning,
    joint,
    joint_publication,
    meeting,
    panel,
    publication,
    rapid_review,
    report,
    scoping,
)
from tests.acceptance.dates import day
from tests.acceptance.expectations import Expected
from tests.acceptance.final_checks import Ends, ExpectedEnd
from tests.acceptance.fixtures import DANDELION
from tests.acceptance.joint_story import JointStory
from tests.acceptance.story import Story

HERE: Final = joint_steps.of_residence(DANDELION, Outcome.LOCAL_REVIEW)
THERE: Final = joint_steps.of_the_incident(DANDELION, Outcome.LOCAL_REVIEW)
INVITATION: Final = joint.Invitation(part="jointly_publishing", ends_on="Thu 31 Dec 2026")
EARLY, LATE = commissioning.AGENCIES
LEARNING: Final = shared_steps.Learning(
    agreed="Mon 14 Sep 2026 10:00",
    last_day="Fri 30 Oct 2026",
    done="Thu 29 Oct 2026 10:00",
    how="early",
    closed="Mon 9 Nov 2026 10:00",
    keep_until="Wed 9 Nov 2061",
)
PUBLISHED: Final = {
    DocumentKind.LEARNING_INVITATION: 1,
    DocumentKind.LEARNING_BRIEFING: 1,
    DocumentKind.LEARNING_AGENDA: 2,
    DocumentKind.LEARNING_WORKSHEETS: 2,
    DocumentKind.PRE_PUBLICATION_DISPATCH: 2,
    DocumentKind.PUBLISHED_REPORT: 1,
    # The decision in two rounds, the terms, learning that could not wait, the recommendations, the
    # report, the plan; and what was published.
    DocumentKind.SIGNED_RECORD: 22,
    **shared_steps.DOCUMENTS_OF_LEARNING,
}
FIRST_LEADS_DOCUMENTS: Final = {
    DocumentKind.LEAD_AGREEMENT: 2,
    **shared_steps.DOCUMENTS_OF_A_RAPID_REVIEW,
    DocumentKind.RAPID_REVIEW_RECORD: 6,
    DocumentKind.TERMS_OF_REFERENCE: 2,
    DocumentKind.REVIEWER_NOTICE: 2,
    DocumentKind.DRAFTING_GUIDANCE: 1,
    DocumentKind.REPORT_REQUEST: 2,
    DocumentKind.CHRONOLOGY_GUIDANCE: 2,
    DocumentKind.AGENCY_REPORT: 2,
    **PUBLISHED,
    DocumentKind.STAFF_CONFIRMATIONS: 1,
}
SECOND_LEADS_DOCUMENTS: Final = {
    DocumentKind.LEAD_AGREEMENT: 2,
    **joint_steps.JOINING_DOCUMENTS,
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
    **PUBLISHED,
}
DISSENT: Final = "The harm could have been foreseen in our area. This is an example."


def drive(both: JointStory) -> Ends:
    """Drive both cases from their two referrals to their two closes."""
    both_begin(both)
    invited = agree_who_leads(both)
    both_scope(both)
    meet_and_propose(both)
    decide(both)
    commission(both)
    share_learning(both)
    change_lead(both)
    draft_report(both)
    publish(both)
    joint_steps.act_on_learning(both, LEARNING)
    joint_steps.check_both(both)
    return [
        (both.lead, ExpectedEnd(documents=SECOND_LEADS_DOCUMENTS, runs=3)),
        (both.other, ExpectedEnd(documents=FIRST_LEADS_DOCUMENTS, runs=2)),
        (invited, joint_steps.INVITATION_ENDS),
    ]


def both_begin(both: JointStory) -> None:
    """The area of the incident notifies first, then the area where the child lives."""
    for story, review in ((both.other, THERE), (both.lead, HERE)):
        shared_steps.refer_and_notify(story, review)
        shared_steps.send_forms(story, review)
        meeting.set_date(story, review.meets, review.met("K4"))


def agree_who_leads(both: JointStory) -> Story:
    """The area where the child lives invites, the other accepts: its own case joins (RR-28).

    Return the case that was opened for the invitation.
    """
    both.on("Mon 9 Mar 2026 10:00")
    joint.invite(both, INVITATION)
    invited = both.open_beside(joint.approve(both))
    joint.arrives(invited)
    both.shared = True
    joint.answer(both, invited, {"answer": "accepted", "own_case": both.other.reference})
    both.other.follows("The case joins", Step.NOTIFY, Expected(documents=joint.AGREED))
    joint.share(both.other, both.lead.place.name, INVITATION.ends_on)
    joint.each_reads_the_other(both)
    return invited


def both_scope(both: JointStory) -> None:
    """Each side hears its own agencies, in the one run."""
    both.on(HERE.returned)
    for agency in shared_steps.AGENCIES:
        scoping.return_form(both.other, agency, "on the day")
        scoping.return_form(both.lead, agency, "early")
    scoping.accept_pack(both.lead)


def meet_and_propose(both: JointStory) -> None:
    """The lead holds the meeting and puts the decision to the partners of both sides."""
    both.on(HERE.meets)
    expected = Expected(starts=HERE.starts("K8", "K9"), meets=HERE.met("K7"))
    meeting.hold(both.lead, joint_steps.MET_ON, expected)
    rapid_review.write_record(both.lead)
    rapid_review.answer_criteria(both.lead)
    joint_steps.propose(both, HERE)


def decide(both: JointStory) -> None:
    """One of six disagrees: nothing is decided until it is put again and all six agree (GOV-11)."""
    both.on("Thu 19 Mar 2026 10:00")
    joint.one_disagrees(both, "sign_rapid_review", DISSENT)
    joint_steps.propose(both, HERE)
    both.on(HERE.signed)
    decided = rapid_review.with_papers(Expected(starts=HERE.starts("K11")))
    joint.all_sign(both, "sign_rapid_review", Step.SUBMIT, decided)
    rapid_review.submit(both.lead, HERE.signed, HERE.met("K8", "K9", "K10"))
    met = Expected(meets=THERE.met("K10"))
    both.other.follows("The record that names both notifications is sent", Step.SUBMIT, met)
    both.on("Thu 9 Apr 2026 10:00")
    panel.answers(both.lead, "Thu 9 Apr 2026", PanelAnswer.AGREES)


def commission(both: JointStory) -> None:
    """The partners of both sides endorse the terms; each side has its own agencies report."""
    both.on("Mon 13 Apr 2026 10:00")
    commissioning.agree_terms(both.lead, "Mon 13 Apr 2026")
    joint.are_asked(both.other, Step.COMMISSION)
    commissioning.appoint_reviewer(both.lead)
    both.on("Wed 15 Apr 2026 10:00")
    commissioning.declare(both.lead)
    joint.all_sign(both, "sign_terms", Step.COMMISSION)
    both.on("Mon 20 Apr 2026 10:00")
    for story in both.sides:
        commissioning.request_reports(story, "Fri 22 May 2026")
    both.on("Thu 21 May 2026 10:00")
    commissioning.send_report(both.lead, EARLY)
    commissioning.accept_report(both.lead, EARLY)
    for agency in commissioning.AGENCIES:
        commissioning.send_report(both.other, agency)
        commissioning.accept_report(both.other, agency, "chair")


def share_learning(both: JointStory) -> None:
    """Learning that cannot wait is put to the partners of both, and shared once all agree."""
    joint.put_learning(both)
    joint.all_sign(both, "sign_interim_learning", Step.COMMISSION)
    both.lead.does("manager", "share_interim_learning", {"shared_on": day("Thu 21 May 2026")})


def change_lead(both: JointStory) -> None:
    """The area of the incident leads from now on: the same days, its own reviewer and agencies.

    An agency of the former lead answers late, and the former lead judges what it sends.
    """
    both.on("Mon 1 Jun 2026 10:00")
    before = both.lead.running("K11")
    joint.change_lead(both)
    if both.lead.running("K11") != before or both.other.running("K11"):
        both.lead.differs(f"K11 was {before} before the lead changed: {both.lead.running('K11')}")
    commissioning.appoint_reviewer(both.lead)
    commissioning.declare(both.lead)
    both.on("Thu 11 Jun 2026 10:00")
    commissioning.send_report(both.other, LATE)
    commissioning.accept_report(both.other, LATE)


def draft_report(both: JointStory) -> None:
    """The report is drafted, assured, and signed by the partners of both sides."""
    both.on("Mon 15 Jun 2026 10:00")
    joint.plan_event(both, "Mon 22 Jun 2026")
    report.propose_and_put(both.lead, "Mon 15 Jun 2026")
    joint.are_asked(both.other, Step.COMMISSION)
    joint.all_sign(both, "sign_recommendations", Step.COMMISSION)
    report.submit_draft(both.lead)
    joint.hear_of_draft(both)
    report.plan_communications(both.lead)
    report.quality_assure(both.lead, ready=True)
    joint.are_asked(both.other, Step.COMMISSION)
    both.on("Mon 6 Jul 2026 10:00")
    joint.all_sign(both, "sign_report", Step.COMMISSION)


def publish(both: JointStory) -> None:
    """All six approve the plan; each side sends the text and publishes at its own address."""
    both.on("Mon 3 Aug 2026 10:00")
    publication.plan(both.lead, "Fri 4 Sep 2026", "Mon 24 Aug 2026")
    joint.are_asked(both.other, Step.PUBLISH)
    publication.present(both.lead, "Mon 3 Aug 2026")
    joint_publication.all_approve(both)
    both.on("Wed 19 Aug 2026 10:00")
    joint_publication.each_sends_the_text(both, "Wed 19 Aug 2026")
    both.on("Fri 4 Sep 2026 10:00")
    joint_publication.each_publishes(both, "Fri 4 Sep 2026", "Sat 4 Sep 2027")

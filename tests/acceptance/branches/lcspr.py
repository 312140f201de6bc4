"""Scenario 1: an LCSPR across Christmas, from referral to the close of its action plan."""

from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.workflow import Outcome, PanelAnswer
from tests.acceptance.chapters import (
    bad_input,
    commissioning,
    dispatches,
    families,
    learning,
    learning_event,
    meeting,
    notify,
    other_reviews,
    panel,
    publication,
    rapid_review,
    report,
    scoping,
    signing,
)
from tests.acceptance.dates import day, moment
from tests.acceptance.expectations import Expected, Refusal
from tests.acceptance.final_checks import ExpectedEnd
from tests.acceptance.fixtures import THISTLEBY
from tests.acceptance.story import Story

INCIDENT = notify.Incident(
    family=THISTLEBY, happened_on="Wed 10 Dec 2025", received_at="Fri 12 Dec 2025 09:30"
)
EXPECTED_END = ExpectedEnd(
    documents={
        DocumentKind.REFERRAL: 1,
        DocumentKind.NOTIFICATION_RECORD: 1,
        DocumentKind.SCOPING_LETTER: 5,
        DocumentKind.SCOPING_FORM: 10,
        DocumentKind.SCOPING_RETURN: 5,
        DocumentKind.MEETING_PACK: 1,
        DocumentKind.MEETING_RECORD: 1,
        DocumentKind.AGREEMENT_LOG: 1,
        DocumentKind.RAPID_REVIEW_RECORD: 4,
        DocumentKind.COVERING_LETTER: 2,
        DocumentKind.COMMISSIONING_NOTICE: 2,
        DocumentKind.PUBLICATION_NOTICE: 2,
        DocumentKind.TERMS_OF_REFERENCE: 4,
        DocumentKind.REVIEWER_NOTICE: 4,
        DocumentKind.DRAFTING_GUIDANCE: 2,
        **commissioning.PAPERS,
        DocumentKind.FAMILY_LETTER: 2,
        DocumentKind.FAMILY_LEAFLET: 2,
        DocumentKind.GENOGRAM: 1,
        DocumentKind.DISCLOSURE_SCHEDULE: 1,
        DocumentKind.LEARNING_INVITATION: 2,
        DocumentKind.LEARNING_BRIEFING: 2,
        DocumentKind.LEARNING_AGENDA: 4,
        DocumentKind.LEARNING_WORKSHEETS: 4,
        DocumentKind.REPORT_REQUEST: 2,
        DocumentKind.CHRONOLOGY_GUIDANCE: 2,
        DocumentKind.AGENCY_REPORT: 3,
        DocumentKind.MERGED_CHRONOLOGY: 1,
        DocumentKind.RECOMMENDATIONS: 1,
        DocumentKind.REPORT_VERSION: 4,
        DocumentKind.PUBLICATION_STRATEGY: 2,
        DocumentKind.PRESS_STATEMENT: 2,
        DocumentKind.STAFF_CONFIRMATIONS: 1,
        DocumentKind.PRE_PUBLICATION_DISPATCH: 2,
        DocumentKind.PUBLISHED_REPORT: 1,
        **learning.PAPERS,
        DocumentKind.UPLOAD: 1,
    }
)


def drive(story: Story) -> ExpectedEnd:
    """Drive the case from its referral to its close."""
    refer_and_notify(story)
    scope(story)
    meet(story)
    decide_and_submit(story)
    commission(story)
    commissioning.name_team(story)
    commissioning.amend_terms(story, "Wed 25 Mar 2026")
    commissioning.ask_candidates(story, "Fri 10 Apr 2026", "Wed 25 Mar 2026")
    commissioning.review_by_two(story)
    commissioning.share_before_report(story, "Wed 25 Mar 2026")
    commissioning.progress_is_reported(story, "Wed 25 Mar 2026", "Mon 27 Apr 2026")
    families.involve(story, THISTLEBY, "Wed 25 Mar 2026")
    other_reviews.lists_material(story, "Wed 25 Mar 2026")
    learning_event.plan_and_call_off(story, "Mon 30 Mar 2026")
    learning_event.plan(story, "Tue 14 Apr 2026")
    learning_event.is_not_held_yet(story)
    learning_event.speak_with(story, "hospital", "Wed 25 Mar 2026")
    draft_report(story)
    publish(story)
    act_on_learning(story)
    return EXPECTED_END


def refer_and_notify(story: Story) -> None:
    """Awareness on Thursday, referral on Friday, notification on Monday."""
    story.on("Fri 12 Dec 2025 10:00")
    bad_input.days_that_do_not_exist(story, INCIDENT)
    notify.refer(
        story,
        INCIDENT,
        Expected(
            starts={"K5": "Tue 16 Dec 2025", "K7": "Tue 23 Dec 2025 to Mon 5 Jan 2026"},
            emails=(EmailTrigger.DECLARATION_NEEDED,),
        ),
    )
    story.is_refused("manager", "mark_duplicate", {}, Refusal(field="duplicate_of", says="no such"))
    story.is_refused("manager", "undo_duplicate", {}, Refusal(says="You cannot", status=409))
    bad_input.decision_without_awareness(story)
    bad_input.awareness_in_the_future(story, "Sat 13 Dec 2025 09:00")
    notify.record_awareness(
        story, "Thu 11 Dec 2025 16:20", Expected(starts={"K1": "Thu 18 Dec 2025"})
    )
    story.does("notifier", "tell_area", {"told_at": moment("Thu 11 Dec 2025 17:00")})
    story.does("manager", "record_discussion", {"held_at": moment("Thu 11 Dec 2025 17:30")})
    story.does("chair", "grant_family_reading", {"ends_on": day("Fri 19 Dec 2025")})
    notify.give_views(story, also=("scrutineer",))
    story.does("chair", "withdraw_family_reading")
    notify.note_and_mark(story)
    notify.ask_the_chair(story)
    story.all_open_the_case("member")
    meeting.convene_group(story, "Mon 15 Dec 2025")
    story.on("Mon 15 Dec 2025 10:00")
    meeting.group_met(story, "Mon 15 Dec 2025", "chair", "member")
    notify.decide(story, notify=True)
    bad_input.notification_before_awareness(story, "Thu 11 Dec 2025 09:00")
    notify.record_notification(
        story,
        "Mon 15 Dec 2025 09:40",
        notify.notified(
            {"K4": "Tue 16 Dec 2025", "K10": "Thu 8 Jan 2026"}, {"K1": "early", "K2": "early"}
        ),
    )


def scope(story: Story) -> None:
    """Send the forms the same day; one agency answers late, one is excused with reasons."""
    scoping.send_forms(
        story,
        ("hospital", "community-health", "schools", "constabulary", "housing"),
        back_by="Mon 22 Dec 2025",
        met="early",
    )
    other_reviews.keep_register(story, "Mon 15 Dec 2025")
    bad_input.meeting_set_in_the_past(story, "Thu 11 Dec 2025 10:00")
    bad_input.meeting_outside_the_window(story, "Mon 22 Dec 2025 10:00")
    meeting.set_date(story, "Mon 29 Dec 2025 10:00", {"K4": "early"})
    meeting.call_off(story)
    meeting.set_date(story, "Tue 30 Dec 2025 10:00", {})
    story.on("Thu 18 Dec 2025 11:00")
    scoping.return_form(story, "hospital", "early")
    scoping.return_form(story, "community-health", "early")
    story.on("Mon 22 Dec 2025 11:00")
    scoping.return_form(story, "schools", "on the day")
    scoping.correct_return(story, "hospital")
    scoping.chase(story, "constabulary")
    scoping.excuse(story, "housing")
    story.on("Tue 23 Dec 2025 12:00")
    scoping.return_form(story, "constabulary", "late")
    meeting.name_attendees(story, "hospital", "schools")
    scoping.accept_pack(story)


def meet(story: Story) -> None:
    """Hold the meeting between Christmas and New Year, inside its window."""
    story.on("Tue 30 Dec 2025 13:00")
    bad_input.meeting_before_referral(story, "Thu 11 Dec 2025")
    meeting.hold(
        story,
        "Tue 30 Dec 2025",
        Expected(
            starts={"K8": "Fri 2 Jan 2026", "K9": "Wed 7 Jan 2026"},
            meets={"K7": "early"},
        ),
        "chair",
        *story.place.partners,
        "hospital",
    )


def decide_and_submit(story: Story) -> None:
    """Write the record on 31 December; the partners sign on 5 January."""
    story.on("Wed 31 Dec 2025 10:00")
    meeting.circulate_record(story)
    meeting.answer_record(story, "hospital", "schools", "chair")
    rapid_review.answer_criteria(story)
    decision = rapid_review.proposal(Outcome.LOCAL_REVIEW, met=True, on="Wed 31 Dec 2025")
    rapid_review.keep_what_is_relevant(story, decision)
    bad_input.fifth_key_line_of_the_decision(story)
    rapid_review.propose(story, decision)
    signing.scrutineer_opines(story, "rapid_review")
    story.shows("council", "sign-off/rapid-review", "Scrutineer's opinion given")
    story.on("Mon 5 Jan 2026 09:30")
    rapid_review.sign(story, Expected(starts={"K11": "Sun 5 Jul 2026, target Fri 3 Jul 2026"}))
    bad_input.files_of_the_wrong_kind_or_size(story)
    rapid_review.submit(
        story, "Mon 5 Jan 2026 09:30", {"K8": "late", "K9": "early", "K10": "early"}
    )
    story.on("Mon 26 Jan 2026 10:00")
    panel.answers_by_letter(story, "Mon 26 Jan 2026", PanelAnswer.AGREES)


def commission(story: Story) -> None:
    """Agree terms, appoint a reviewer, request the agencies' reports: one is returned for more."""
    story.on("Tue 3 Feb 2026 10:00")
    bad_input.fifth_key_line_of_the_terms(story)
    other_reviews.is_in_sight(story, "commissioning/terms", "publication/delay")
    commissioning.draw_up_terms(story, **commissioning.WORKSHOP)
    bad_input.terms_without_advice(story)
    commissioning.advise_on_terms(story, "Tue 3 Feb 2026")
    commissioning.appoint_reviewer(story)
    story.on("Thu 5 Feb 2026 10:00")
    commissioning.sign_terms(story)
    commissioning.declare(story)
    dispatches.comes_back_and_is_sent_by_hand(story, day("Thu 5 Feb 2026"))
    story.on("Mon 9 Feb 2026 10:00")
    commissioning.team_meets(
        story, "Mon 9 Feb 2026", "planning", "chair", "reviewer", next_on="Wed 25 Mar 2026"
    )
    commissioning.request_reports(story, "Fri 13 Mar 2026")
    story.on("Tue 10 Mar 2026 10:00")
    commissioning.send_report(story, "hospital", "Fri 30 Oct 2026")
    commissioning.send_report(story, "schools")
    story.on("Fri 13 Mar 2026 10:00")
    commissioning.return_report(story, "schools", "Wed 25 Mar 2026")
    commissioning.merge_and_accept(story, "hospital")
    story.on("Wed 25 Mar 2026 10:00")
    commissioning.send_report(story, "schools")
    commissioning.accept_report(story, "schools")
    commissioning.oversee_progress(story, "Wed 25 Mar 2026")


def draft_report(story: Story) -> None:
    """Submit a draft that is returned, and a second that all three endorse."""
    story.on("Fri 17 Apr 2026 10:00")
    learning_event.hold(story)
    commissioning.work_around_a_gap(story)
    report.says_who_took_no_part(story)
    report.submit_from_own_template(story, "Fri 17 Apr 2026", "10 December 2025")
    report.recommend_at_length(story, "Fri 17 Apr 2026")
    report.plan_communications(story, "communications")
    report.quality_assure(story, ready=False)
    story.on("Tue 5 May 2026 10:00")
    report.endorse(story)
    report.submit_draft(story)
    families.share_draft(story, "Tue 5 May 2026")
    learning_event.is_asked_about_draft(story, "hospital", "Tue 5 May 2026")
    report.quality_assure(story, ready=True)
    story.on("Wed 20 May 2026 10:00")
    report.sign(story)


def publish(story: Story) -> None:
    """Agree the action plan with the report; send the text on K12's last day; publish on K11's."""
    story.on("Mon 1 Jun 2026 10:00")
    bad_input.publication_too_soon(story, "Tue 9 Jun 2026")
    other_reviews.is_in_sight(story, "publication/plan", "publication/withhold")
    publication.keeps_clear(story, "Sat 27 Jun 2026", "Saturday")
    publication.plan(story, "Fri 3 Jul 2026", "Wed 24 Jun 2026")
    publication.present(story, "Mon 1 Jun 2026")
    publication.approve(story, "Mon 1 Jun 2026")
    by = {"hospital": "Fri 30 Oct 2026", "schools": "Fri 6 Nov 2026"}
    learning.agree_on_plan(story, by, "hospital")
    families.discuss_publication(story, "Mon 1 Jun 2026")
    publication.step(story, "family", "Mon 1 Jun 2026")
    publication.step(story, "members", "Mon 1 Jun 2026", "communications")
    story.on("Wed 24 Jun 2026 10:00")
    publication.pre_send(story, "on the day")
    story.on("Thu 2 Jul 2026 10:00")
    bad_input.published_too_soon_after_sending(story, "Thu 2 Jul 2026")
    story.on("Fri 3 Jul 2026 10:00")
    publication.publish(
        story,
        "Fri 3 Jul 2026",
        publication.is_published({"K13": "Sat 3 Jul 2027"}, {"K11": "early"}),
    )


def act_on_learning(story: Story) -> None:
    """Review and complete two actions, audit one, sign them off and close the case."""
    story.on("Mon 13 Jul 2026 10:00")
    for seen in (publication.is_there, publication.is_copied, publication.is_followed):
        seen(story, "Mon 13 Jul 2026")
    story.on("Thu 1 Oct 2026 10:00")
    learning.report_progress(story, "schools", 2)
    learning.review_plan(story, "Thu 1 Oct 2026", "Fri 11 Dec 2026", 1, 2)
    learning.share_and_learn(story, "Thu 1 Oct 2026", "Mon 11 Jan 2027")
    story.on("Fri 23 Oct 2026 10:00")
    learning.complete(story, "hospital", 1, "early")
    learning.audit_until_it_lasts(story, "hospital", 1, "Fri 23 Oct 2026", "Fri 30 Oct 2026")
    story.on("Fri 6 Nov 2026 10:00")
    learning.complete(story, "schools", 2, "on the day", is_last=True)
    story.on("Mon 16 Nov 2026 10:00")
    learning.sign(story)
    learning.close(story, "Wed 16 Nov 2061", "Mon 16 Nov 2026", 2)

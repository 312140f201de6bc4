"""Scenarios 4 and 5, and a national review: the rapid review's ends without an LCSPR."""

from dataclasses import replace
from typing import Final

from services.domain.criteria import NotificationCriterion
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.workflow import LocalCourse, Outcome, PanelAnswer, Step
from tests.acceptance.branches import shared_steps
from tests.acceptance.branches.shared_steps import (
    DOCUMENTS_OF_A_RAPID_REVIEW,
    DOCUMENTS_OF_LEARNING,
)
from tests.acceptance.chapters import bad_input, dispatches, notify, panel
from tests.acceptance.dates import day
from tests.acceptance.expectations import Expected, Refusal
from tests.acceptance.final_checks import ExpectedEnd
from tests.acceptance.fixtures import FOXGLOVE, HUMBLEBEE, MOONRAKER
from tests.acceptance.story import Story

EXPECTED_END: Final = ExpectedEnd(
    not_needed=frozenset({Step.COMMISSION, Step.PUBLISH}),
    documents={**DOCUMENTS_OF_A_RAPID_REVIEW, **DOCUMENTS_OF_LEARNING},
)
LAPSED: Final = shared_steps.RapidReview(
    incident=notify.Incident(
        family=HUMBLEBEE, happened_on="Tue 19 May 2026", received_at="Thu 21 May 2026 09:30"
    ),
    aware_at="Wed 20 May 2026 15:00",
    referred="Thu 21 May 2026 10:00",
    notified="Fri 22 May 2026 10:00",
    returned="Fri 29 May 2026 10:00",
    meets="Mon 8 Jun 2026 14:00",
    signed="Mon 15 Jun 2026 10:00",
    outcome=Outcome.NO_LONGER_MET,
    criteria_met=False,
    lapsed=(NotificationCriterion.ABUSE,),
    due={
        "K1": "Thu 28 May 2026",
        "K4": "Tue 26 May 2026",
        "K5": "Tue 26 May 2026",
        "K6": "Mon 1 Jun 2026",
        "K7": "Tue 2 Jun 2026 to Wed 10 Jun 2026",
        "K8": "Wed 10 Jun 2026",
        "K9": "Mon 15 Jun 2026",
        "K10": "Mon 15 Jun 2026",
    },
    how={"K8": "late", "K9": "on the day", "K10": "on the day"},
)
BRIEFED: Final = shared_steps.RapidReview(
    incident=notify.Incident(
        family=MOONRAKER, happened_on="Tue 25 Aug 2026", received_at="Thu 27 Aug 2026 09:30"
    ),
    aware_at="Wed 26 Aug 2026 15:00",
    referred="Thu 27 Aug 2026 10:00",
    notified="Fri 28 Aug 2026 10:00",
    returned="Thu 3 Sep 2026 10:00",
    meets="Thu 10 Sep 2026 14:00",
    signed="Mon 14 Sep 2026 10:00",
    outcome=Outcome.NO_FURTHER_REVIEW,
    criteria_met=True,
    due={
        "K1": "Thu 3 Sep 2026",
        "K4": "Tue 1 Sep 2026",
        "K5": "Tue 1 Sep 2026",
        "K6": "Mon 7 Sep 2026",
        "K7": "Tue 8 Sep 2026 to Wed 16 Sep 2026",
        "K8": "Mon 14 Sep 2026",
        "K9": "Thu 17 Sep 2026",
        "K10": "Mon 21 Sep 2026",
    },
    how={"K8": "on the day"},
)
NATIONAL: Final = shared_steps.RapidReview(
    incident=notify.Incident(
        family=FOXGLOVE, happened_on="Mon 5 Jan 2026", received_at="Tue 6 Jan 2026 09:30"
    ),
    aware_at="Tue 6 Jan 2026 08:00",
    referred="Tue 6 Jan 2026 10:00",
    notified="Wed 7 Jan 2026 10:00",
    returned="Mon 12 Jan 2026 10:00",
    meets="Tue 20 Jan 2026 14:00",
    signed="Thu 22 Jan 2026 10:00",
    outcome=Outcome.LOCAL_REVIEW,
    criteria_met=True,
    is_collected=True,
    due={
        "K1": "Tue 13 Jan 2026",
        "K4": "Thu 8 Jan 2026",
        "K5": "Wed 7 Jan 2026",
        "K6": "Wed 14 Jan 2026",
        "K7": "Mon 19 Jan 2026 to Thu 22 Jan 2026",
        "K8": "Thu 22 Jan 2026",
        "K9": "Thu 22 Jan 2026",
        "K10": "Tue 27 Jan 2026",
        "K11": "Wed 22 Jul 2026",
    },
    how={"K5": "on the day", "K8": "on the day", "K9": "on the day"},
)


def criteria_no_longer_met(story: Story) -> ExpectedEnd:
    """The injury was an accident; lateness is forecast, and the review sent on its last day."""
    shared_steps.refer_and_notify(story, LAPSED)
    shared_steps.send_forms(story, LAPSED)
    # By its policy, as by the framework's, there is no withdrawal: the review goes to the Panel.
    story.shows("notifier", "notification/withdrawal", "No notification is withdrawn here")
    shared_steps.prepare_and_meet(story, LAPSED)
    notice = DocumentKind.LATENESS_NOTICE
    expected_on = {"expected_on": day("Wed 17 Jun 2026")}
    story.does("manager", "tell_lateness", expected_on, Expected(documents=(notice,)))
    dispatches.confirm(story, notice, EmailTrigger.LATENESS_FORECAST)
    shared_steps.decide_and_submit(story, LAPSED)
    story.on("Mon 29 Jun 2026 10:00")
    panel.answers(story, "Mon 29 Jun 2026", PanelAnswer.NEITHER)
    shared_steps.act_on_learning(
        story,
        shared_steps.Learning(
            agreed="Mon 6 Jul 2026 10:00",
            last_day="Fri 31 Jul 2026",
            done="Fri 31 Jul 2026 10:00",
            how="on the day",
            closed="Mon 10 Aug 2026 10:00",
            keep_until="Wed 10 Aug 2061",
        ),
    )
    documents = {**EXPECTED_END.documents, DocumentKind.LATENESS_NOTICE: 2}
    return replace(EXPECTED_END, documents=documents)


def no_further_review(story: Story) -> ExpectedEnd:
    """No LCSPR: the plan is inside the rapid review, and a briefing is not called a review."""
    shared_steps.refer_and_notify(story, BRIEFED)
    shared_steps.send_forms(story, BRIEFED)
    shared_steps.prepare_and_meet(story, BRIEFED)
    bad_input.alternative_review(story, "Thu 10 Sep 2026")
    shared_steps.decide_and_submit(story, BRIEFED)
    story.on("Mon 28 Sep 2026 10:00")
    panel.answers(story, "Mon 28 Sep 2026", PanelAnswer.AGREES)
    shared_steps.act_on_learning(
        story,
        shared_steps.Learning(
            agreed="Mon 5 Oct 2026 10:00",
            last_day="Fri 30 Oct 2026",
            done="Fri 30 Oct 2026 10:00",
            how="on the day",
            closed="Mon 9 Nov 2026 10:00",
            keep_until="Wed 9 Nov 2061",
        ),
    )
    return EXPECTED_END


def national_review(story: Story) -> ExpectedEnd:
    """The Panel carries out a national review; the local one ends by the partners alone (GOV-14).

    It stands first, and its six months run on. Once the national one has ended, all partners decide
    that it takes the place of theirs, and the partnership acts on what it asks.
    """
    to_the_panel(story, NATIONAL)
    story.on("Mon 9 Feb 2026 10:00")
    # Expected on the tenth working day after the submission, Thu 5 Feb 2026.
    panel.answers(story, "Mon 9 Feb 2026", PanelAnswer.RUNS_NATIONAL, awaited="late")
    panel.settles_local_review(story, LocalCourse.STANDS)
    story.on("Mon 13 Jul 2026 10:00")
    panel.national_review_ends(story, "Mon 13 Jul 2026")
    story.still_runs("K11", "Wed 22 Jul 2026")
    panel.settles_local_review(story, LocalCourse.ENDS)
    shared_steps.act_on_learning(
        story,
        shared_steps.Learning(
            agreed="Mon 21 Sep 2026 10:00",
            last_day="Fri 30 Oct 2026",
            done="Fri 30 Oct 2026 10:00",
            how="on the day",
            closed="Mon 9 Nov 2026 10:00",
            keep_until="Wed 9 Nov 2101",
        ),
    )
    documents = {
        **EXPECTED_END.documents,
        DocumentKind.COVERING_LETTER: 4,  # put right once, in both forms
        DocumentKind.COMMISSIONING_NOTICE: 6,
    }
    return replace(EXPECTED_END, documents=documents)


def to_the_panel(story: Story, review: shared_steps.RapidReview) -> None:
    """Carry the review to the Panel, with the progress meeting of the partnership's own policy."""
    shared_steps.refer_and_notify(story, review)
    shared_steps.send_forms(story, review)
    shared_steps.prepare_and_meet(story, review)
    _progress_meeting(story)
    shared_steps.decide_and_submit(story, review)


def _progress_meeting(story: Story) -> None:
    """Working days 2 to 8 after the notification, by the partnership's own policy (5A)."""
    story.shows("manager", "", "Friday 9 January 2026 to the end of Monday 19 January 2026")
    held = {"done_on": day("Wed 14 Jan 2026")}
    story.does("manager", "record_extra_step", held, Expected(meets={"extra": "early"}))
    story.does("manager", "answer_local_test")  # “no”, and everything goes on (5A)
    already = Refusal(says="goes by the policy in force already", status=409)
    story.is_refused("manager", "follow_policy", {}, already)

"""An LCSPR that is not published, and one whose publication is delayed (scenario 7)."""

from typing import Final

from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.publication_days import PublishedWhere
from services.domain.workflow import Outcome
from tests.acceptance.answers import FIRST_OFFERED, Answers
from tests.acceptance.branches import shared_steps
from tests.acceptance.branches.shared_steps import (
    DOCUMENTS_OF_A_LOCAL_REVIEW,
    DOCUMENTS_OF_A_RAPID_REVIEW,
    DOCUMENTS_OF_LEARNING,
)
from tests.acceptance.chapters import dispatches, notify, publication, report
from tests.acceptance.dates import day
from tests.acceptance.expectations import Expected, Refusal
from tests.acceptance.final_checks import ExpectedEnd
from tests.acceptance.fixtures import PUDDLESTONE, TUMBLEDOWN
from tests.acceptance.story import Story

WITHHELD: Final = shared_steps.RapidReview(
    incident=notify.Incident(
        family=PUDDLESTONE, happened_on="Sun 11 Jan 2026", received_at="Tue 13 Jan 2026 09:30"
    ),
    aware_at="Mon 12 Jan 2026 15:00",
    referred="Tue 13 Jan 2026 10:00",
    notified="Wed 14 Jan 2026 10:00",
    returned="Mon 19 Jan 2026 10:00",
    meets="Mon 26 Jan 2026 14:00",
    signed="Wed 28 Jan 2026 10:00",
    outcome=Outcome.LOCAL_REVIEW,
    criteria_met=True,
    due={
        "K1": "Mon 19 Jan 2026",
        "K4": "Thu 15 Jan 2026",
        "K5": "Thu 15 Jan 2026",
        "K6": "Wed 21 Jan 2026",
        "K7": "Thu 22 Jan 2026 to Fri 30 Jan 2026",
        "K8": "Wed 28 Jan 2026",
        "K9": "Mon 2 Feb 2026",
        "K10": "Wed 4 Feb 2026",
        "K11": "Tue 28 Jul 2026",
    },
    how={"K8": "on the day"},
)
DELAYED: Final = shared_steps.RapidReview(
    incident=notify.Incident(
        family=TUMBLEDOWN, happened_on="Sun 7 Mar 2027", received_at="Tue 9 Mar 2027 09:30"
    ),
    aware_at="Mon 8 Mar 2027 15:00",
    referred="Tue 9 Mar 2027 10:00",
    notified="Wed 10 Mar 2027 10:00",
    returned="Mon 15 Mar 2027 10:00",
    meets="Thu 25 Mar 2027 14:00",
    signed="Wed 31 Mar 2027 10:00",
    outcome=Outcome.LOCAL_REVIEW,
    criteria_met=True,
    due={
        "K1": "Mon 15 Mar 2027",
        "K4": "Thu 11 Mar 2027",
        "K5": "Thu 11 Mar 2027",
        "K6": "Wed 17 Mar 2027",
        "K7": "Thu 18 Mar 2027 to Tue 30 Mar 2027",
        "K8": "Wed 31 Mar 2027",
        "K9": "Mon 5 Apr 2027",
        "K10": "Fri 2 Apr 2027",
        "K11": "Thu 30 Sep 2027",
    },
    how={"K8": "on the day"},
)


TRIAL_NAME: Final = "Criminal investigation or proceedings: Operation Teapot"
TRIAL: Final[Answers] = {
    "kind": "criminal",
    "called": "Operation Teapot",
    "body": "The constabulary and the Crown Prosecution Service",
    "contact": "The senior investigating officer, by telephone",
    "state": "under_way",
    "since": day("Tue 9 Mar 2027"),
    "goes_first": "side_by_side",
    "agreed_by": "The chair, with the senior investigating officer",
    "agreed_on": day("Wed 10 Mar 2027"),
    "constraints": (
        {"holds_back": "published", "words": "The report", "until": "The verdict"},
        {"holds_back": "asked", "words": "Witnesses of the injury", "until": "The verdict"},
    ),
    "days": (),
}
TRIAL_LISTED: Final[Answers] = {
    **TRIAL,
    "process": FIRST_OFFERED,
    "days": (
        {
            "first": day("Mon 31 Jan 2028"),
            "last": day("Fri 25 Feb 2028"),
            "what": "The trial",
        },
    ),
    "reason": "The trial is listed, after the last day of the review.",
}
TRIAL_ENDED: Final[Answers] = {
    **TRIAL_LISTED,
    "state": "ended",
    "since": day("Fri 3 Mar 2028"),
    "constraints": (),
    "reason": "The verdict is given, and nothing is held back any more.",
}


def not_published(story: Story) -> ExpectedEnd:
    """Publication would let a child be found: improvements are published instead (PUB-25)."""
    shared_steps.until_panel_agrees(story, WITHHELD, "Wed 11 Feb 2026")
    shared_steps.review_locally(
        story,
        shared_steps.LocalReview(
            terms="Mon 16 Feb 2026 10:00",
            endorsed="Wed 18 Feb 2026 10:00",
            reports="Mon 23 Feb 2026 10:00",
            reports_due="Fri 27 Mar 2026",
            answered="Thu 26 Mar 2026 10:00",
            drafted="Mon 4 May 2026 10:00",
            signed="Mon 8 Jun 2026 10:00",
        ),
    )
    story.on("Mon 29 Jun 2026 10:00")
    publication.withhold(story, "Mon 20 Jul 2026", "Thu 9 Jul 2026")
    publication.present(story, "Mon 29 Jun 2026")
    publication.approve(story, "Mon 29 Jun 2026")
    story.on("Wed 8 Jul 2026 10:00")
    publication.pre_send(story, "early", improvements=True)
    publication.is_commented_on(story, "Wed 8 Jul 2026")
    story.on("Mon 20 Jul 2026 10:00")
    publication.publish_improvements(story, "Mon 20 Jul 2026", {"K11": "early"})
    shared_steps.act_on_learning(
        story,
        shared_steps.Learning(
            agreed="Mon 27 Jul 2026 10:00",
            last_day="Fri 30 Oct 2026",
            done="Fri 30 Oct 2026 10:00",
            how="on the day",
            closed="Mon 9 Nov 2026 10:00",
            keep_until="Wed 9 Nov 2061",
        ),
    )
    return _ending({DocumentKind.IMPROVEMENT_INFORMATION: 1, DocumentKind.COMMENT_ANSWER: 2})


def delay(story: Story) -> ExpectedEnd:
    """A trial delays publication: the bodies are told the same day, K11 is met late (LC-14).

    What it holds back is in sight where the review goes on, and no plan is made against it (G10).
    """
    shared_steps.until_panel_agrees(
        story, DELAYED, "Thu 15 Apr 2027", lambda: _trial_is_ahead(story)
    )
    _course_is_agreed(story, "Thu 15 Apr 2027")
    shared_steps.review_locally(
        story,
        shared_steps.LocalReview(
            terms="Mon 19 Apr 2027 10:00",
            endorsed="Wed 21 Apr 2027 10:00",
            reports="Mon 26 Apr 2027 10:00",
            reports_due="Fri 28 May 2027",
            answered="Thu 27 May 2027 10:00",
            drafted="Mon 21 Jun 2027 10:00",
            signed="Fri 9 Jul 2027 10:00",
            heeded="No witness of the injury is asked about it.",
        ),
    )
    _foresee_delay(story)
    _publish_late(story)
    shared_steps.act_on_learning(
        story,
        shared_steps.Learning(
            agreed="Tue 2 May 2028 10:00",
            last_day="Fri 30 Jun 2028",
            done="Thu 29 Jun 2028 10:00",
            how="early",
            closed="Mon 10 Jul 2028 10:00",
            keep_until="Tue 10 Jul 2063",
        ),
    )
    changed = DOCUMENTS_OF_A_LOCAL_REVIEW[DocumentKind.REPORT_VERSION] + 2
    more = {DocumentKind.DELAY_NOTICE: 2, DocumentKind.REPORT_VERSION: changed}
    return _ending({DocumentKind.PUBLISHED_REPORT: 1, **more})


def _trial_is_ahead(story: Story) -> None:
    """The police speak with who investigates and prosecutes, at the outset (LC-17, LC-27)."""
    story.does("manager", "record_process", TRIAL)
    for whom in ("police", "prosecution"):
        held = {"whom": whom, "held_on": day("Wed 10 Mar 2027"), "process": FIRST_OFFERED}
        story.does("police", "record_liaison", held)
    story.shows("chair", "meeting/record", TRIAL_NAME)


def _course_is_agreed(story: Story, on: str) -> None:
    """No terms are drawn up beside the trial before a course is agreed about it (LC-16, LC-17)."""
    story.is_refused(
        "chair", "agree_terms", {}, Refusal(says="Speak with police or prosecution", status=409)
    )
    agreed = {"whom": "prosecution", "held_on": day(on), "course": "proceed"}
    story.does("police", "record_liaison", {**agreed, "process": FIRST_OFFERED})


def _foresee_delay(story: Story) -> None:
    """Tell the Panel and the Secretary of State the same day; the clock runs on past its day.

    The Panel's secretariat is spoken with about publication before the trial has ended (LC-19).
    """
    story.on("Mon 12 Jul 2027 10:00")
    story.does("manager", "change_process", TRIAL_LISTED)
    spoken = {"whom": "panel_secretariat", "held_on": day("Mon 12 Jul 2027")}
    story.does("manager", "record_liaison", {**spoken, "process": FIRST_OFFERED})
    story.shows("manager", "publication/delay", TRIAL_NAME)
    objected = Refusal(says="object to publication", status=409)
    story.is_refused("manager", "plan_publication", {}, objected)
    foreseen = {
        "arose_on": day("Mon 12 Jul 2027"),
        "group_on": day("Mon 12 Jul 2027"),
        "partners_on": day("Mon 12 Jul 2027"),
        "course": "delay_publication",
        "learning": "The agencies act on the draft's recommendations.",
        "expected_on": day("Thu 20 Apr 2028"),
    }
    notice = DocumentKind.DELAY_NOTICE
    story.does("manager", "record_delay", foreseen, Expected(documents=(notice,)))
    dispatches.confirm(story, notice, EmailTrigger.DELAY_FORESEEN)
    story.on("Fri 1 Oct 2027 10:00")
    story.still_runs("K11", "Thu 30 Sep 2027")


def _publish_late(story: Story) -> None:
    """Send the text seven working days ahead, over Easter: seven calendar days are too few."""
    story.on("Mon 6 Mar 2028 10:00")
    story.does("manager", "change_process", TRIAL_ENDED)
    story.shows("manager", "publication/plan", TRIAL_NAME)
    unnamed = PublishedWhere.REPOSITORY_UNNAMED
    publication.plan(story, "Thu 20 Apr 2028", "Fri 7 Apr 2028", unnamed)
    publication.present(story, "Mon 6 Mar 2028")
    publication.approve(story, "Mon 6 Mar 2028")
    report.change_text(story)
    story.on("Thu 13 Apr 2028 10:00")
    _seven_calendar_days_are_too_few(story)
    story.on("Fri 7 Apr 2028 10:00")
    publication.pre_send(story, "on the day")
    story.on("Thu 20 Apr 2028 10:00")
    expected = publication.is_published({"K13": "Fri 20 Apr 2029"}, {"K11": "late"})
    publication.publish_unnamed(story, "Thu 20 Apr 2028", expected)


def _seven_calendar_days_are_too_few(story: Story) -> None:
    story.is_refused(
        "manager",
        "pre_send",
        {},
        Refusal(says="too late to send", status=409),
    )


def _ending(more: dict[DocumentKind, int]) -> ExpectedEnd:
    review = {**DOCUMENTS_OF_A_RAPID_REVIEW, **DOCUMENTS_OF_A_LOCAL_REVIEW}
    return ExpectedEnd(documents={**review, **more, **DOCUMENTS_OF_LEARNING})

"""Acts that must be refused: each with its error beside the field, and no row changed."""

from typing import Final

from services.domain.workflow import Outcome
from tests.acceptance.answers import Answers, File
from tests.acceptance.chapters import (
    notify,
    rapid_review,
)
from tests.acceptance.dates import day, moment
from tests.acceptance.expectations import Refusal
from tests.acceptance.story import Story

FIVE_LINES: Final[Answers] = {
    "key_lines": tuple({"question": f"What happened in part {number}?"} for number in range(5)),
}
TOO_LARGE: Final = 28_000_000


def days_that_do_not_exist(story: Story, incident: notify.Incident) -> None:
    """A referral on 30 February is refused, and one in the hour that the clocks skip."""
    thirtieth = {"incident_on-day": "30", "incident_on-month": "2", "incident_on-year": "2025"}
    story.is_refused(
        incident.referred_by,
        "refer",
        {**notify.referral(incident), "incident_on": None, **thirtieth},
        Refusal(field="incident_on", says="enter a real date"),
    )
    skipped: Answers = {
        "received_at-day": "30",
        "received_at-month": "3",
        "received_at-year": "2025",
        "received_at-time": "01:30",
    }
    story.is_refused(
        incident.referred_by,
        "refer",
        {**notify.referral(incident), "received_at": None, **skipped},
        Refusal(field="received_at", says="the clocks went forward"),
    )


def awareness_in_the_future(story: Story, tomorrow: str) -> None:
    """Awareness in the future is refused."""
    story.is_refused(
        "notifier",
        "record_awareness",
        {"aware_at": moment(tomorrow)},
        Refusal(field="aware_at", says="not in the future"),
    )


def decision_without_awareness(story: Story) -> None:
    """A decision before awareness is refused: the clock has no first day."""
    story.is_refused(
        "notifier",
        "decide_to_notify",
        {},
        Refusal(says="aware", status=409),
    )


def notification_before_awareness(story: Story, before: str) -> None:
    """A notification before awareness is refused."""
    story.is_refused(
        "notifier",
        "record_notification",
        {"sent_at": moment(before)},
        Refusal(field="sent_at", says="after the local authority was aware"),
    )


def meeting_set_in_the_past(story: Story, when: str) -> None:
    """A meeting in the past is refused: its date invites people."""
    story.is_refused(
        "manager",
        "set_meeting",
        {"meeting_at": moment(when)},
        Refusal(field="meeting_at", says="still to come"),
    )


def meeting_before_referral(story: Story, met_on: str) -> None:
    """A meeting before the referral is refused."""
    story.is_refused(
        "chair",
        "hold_meeting",
        {"met_on": day(met_on)},
        Refusal(field="met_on", says="not before the referral"),
    )


def meeting_outside_the_window(story: Story, when: str) -> None:
    """A meeting one day before its window opens is refused (K7)."""
    story.is_refused(
        "manager",
        "set_meeting",
        {"meeting_at": moment(when)},
        Refusal(field="meeting_at", says="too early"),
    )


def fifth_key_line_of_the_decision(story: Story) -> None:
    """The rapid review proposes four key lines of enquiry at most (LC-07), as its page asks."""
    story.is_refused(
        "chair",
        "propose_decision",
        {"outcome": Outcome.LOCAL_REVIEW, **FIVE_LINES},
        Refusal(field="key_lines", says="no more than four"),
    )


def fifth_key_line_of_the_terms(story: Story) -> None:
    """The terms of reference take four key lines of enquiry at most."""
    story.is_refused(
        "chair",
        "agree_terms",
        FIVE_LINES,
        Refusal(field="key_lines", says="no more than four key lines"),
    )


def terms_without_advice(story: Story) -> None:
    """No partner endorses terms on which the review group has not advised (G6)."""
    first = story.place.partners[0]
    refused = Refusal(says="The review group has not advised the partners", status=409)
    story.is_refused(first, "sign_terms", {}, refused)


def alternative_review(story: Story, on: str) -> None:
    """Any further review of the case is an LCSPR; there is no other kind (LC-09)."""
    story.is_refused(
        "chair",
        "propose_decision",
        rapid_review.proposal(Outcome.ALTERNATIVE_REVIEW, met=True, on=on),
        Refusal(says="An alternative learning review cannot be chosen", status=409),
    )


def files_of_the_wrong_kind_or_size(story: Story) -> None:
    """A program is refused under any file name, and so is a file over 25 MB."""
    program = File("minutes.pdf", "application/pdf", b"MZ\x90\x00" + b"\x00" * 2_000)
    story.is_refused(
        "manager",
        "add_file",
        {"title": "Minutes", "file": program},
        Refusal(field="file", says="Choose a PDF, Word"),
    )
    large = File("scan.pdf", "application/pdf", b"%PDF-1.7\n" + b"\x00" * TOO_LARGE)
    story.is_refused(
        "manager",
        "add_file",
        {"title": "Scan", "file": large},
        Refusal(field="file", says="25 MB or smaller"),
    )


def publication_too_soon(story: Story, publish_on: str) -> None:
    """A plan without seven working days for the three bodies is refused (PUB-26, K12)."""
    story.is_refused(
        "manager",
        "plan_publication",
        {"publish_on": day(publish_on)},
        Refusal(field="publish_on", says="Too soon"),
    )


def published_too_soon_after_sending(story: Story, on: str) -> None:
    """Publication one day before the seven working days are over is refused."""
    story.is_refused(
        "manager",
        "publish",
        {"published_on": day(on)},
        Refusal(field="published_on", says="had to be sent by"),
    )

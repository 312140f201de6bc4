"""The Panel's answer is open while the review goes on: it never comes, or comes in the middle."""

from dataclasses import replace
from typing import Final

from services.domain.documents import DocumentKind
from services.domain.workflow import LocalCourse, PanelAnswer
from tests.acceptance.branches import shared_steps
from tests.acceptance.branches.shared_steps import (
    DOCUMENTS_OF_A_LOCAL_REVIEW,
    DOCUMENTS_OF_A_RAPID_REVIEW,
    DOCUMENTS_OF_LEARNING,
)
from tests.acceptance.branches.without_lcspr import NATIONAL, to_the_panel
from tests.acceptance.chapters import commissioning, panel, publication, report
from tests.acceptance.dates import day
from tests.acceptance.final_checks import ExpectedEnd
from tests.acceptance.fixtures import ASPHODEL, FENUGREEK, Family
from tests.acceptance.story import Story

EXPECTED_BY: Final = "Thu 5 Feb 2026"
"""The tenth working day after the submission, by which the partnership expects the answer."""

K11: Final = "Wed 22 Jul 2026"
LEARNING: Final = shared_steps.Learning(
    agreed="Mon 13 Jul 2026 10:00",
    last_day="Fri 30 Oct 2026",
    done="Fri 30 Oct 2026 10:00",
    how="on the day",
    closed="Mon 9 Nov 2026 10:00",
    keep_until="Wed 9 Nov 2101",
)
EXPECTED_END: Final = ExpectedEnd(
    documents={
        **DOCUMENTS_OF_A_RAPID_REVIEW,
        DocumentKind.COVERING_LETTER: 4,  # put right once, in both forms
        **DOCUMENTS_OF_A_LOCAL_REVIEW,
        DocumentKind.PUBLISHED_REPORT: 1,
        **DOCUMENTS_OF_LEARNING,
    }
)


def silent_panel(story: Story) -> ExpectedEnd:
    """The Panel never answers: the review is commissioned, published and learned from (GOV-14).

    The partnership's own clock says that no answer has come; a delay within the six months is
    recorded meanwhile (LC-14), and the case is closed.
    """
    _begin(story, ASPHODEL)
    story.on("Mon 9 Feb 2026 10:00")
    panel.has_not_answered(story, EXPECTED_BY)
    _record_a_delay(story)
    _draft(story)
    _publish(story)
    panel.has_not_answered(story, EXPECTED_BY)
    shared_steps.act_on_learning(story, LEARNING)
    return EXPECTED_END


def national_beside(story: Story) -> ExpectedEnd:
    """The Panel answers after the local review has begun: a national review comes beside it.

    Nothing moves by that: all partners let theirs go on, and its six months with it (GOV-14, K11).
    """
    _begin(story, FENUGREEK)
    story.on("Mon 9 Feb 2026 10:00")
    panel.answers(story, "Mon 9 Feb 2026", PanelAnswer.RUNS_NATIONAL, awaited="late")
    panel.settles_local_review(story, LocalCourse.GOES_ON)
    story.still_runs("K11", K11)
    _draft(story)
    panel.national_review_ends(story, "Mon 11 May 2026")
    _publish(story)
    shared_steps.act_on_learning(story, LEARNING)
    documents = {**EXPECTED_END.documents, DocumentKind.COMMISSIONING_NOTICE: 4}
    return replace(EXPECTED_END, documents=documents)


def _begin(story: Story, family: Family) -> None:
    """Send the rapid review, and commission the local one four days later."""
    to_the_panel(story, replace(NATIONAL, incident=replace(NATIONAL.incident, family=family)))
    story.on("Mon 26 Jan 2026 10:00")
    commissioning.agree_terms(story, "Mon 26 Jan 2026")
    commissioning.appoint_reviewer(story)
    story.on("Wed 28 Jan 2026 10:00")
    commissioning.declare(story)
    commissioning.sign_terms(story)
    story.on("Mon 2 Feb 2026 10:00")
    commissioning.request_reports(story, "Fri 6 Mar 2026")


def _record_a_delay(story: Story) -> None:
    """Record what was considered of a delay that stays within the six months: nobody is told."""
    considered = {
        "arose_on": day("Mon 9 Feb 2026"),
        "group_on": None,
        "partners_on": day("Mon 9 Feb 2026"),
        "course": "delay_review",
        "learning": "Who is on call is known to every ward from now on.",
        "overlap": "The first line waits for the ward's report; the others go on.",
        "expected_on": day("Fri 3 Jul 2026"),
    }
    story.does("manager", "record_delay", considered)
    story.does("chair", "consider_delay", {"considered_on": day("Mon 9 Feb 2026")})


def _draft(story: Story) -> None:
    story.on("Thu 5 Mar 2026 10:00")
    for agency in commissioning.AGENCIES:
        commissioning.send_report(story, agency)
    commissioning.accept_at_once(story, *commissioning.AGENCIES)
    story.on("Mon 13 Apr 2026 10:00")
    report.recommend(story, "Mon 13 Apr 2026")
    report.submit_draft(story)
    report.plan_communications(story)
    report.quality_assure(story, ready=True)
    story.on("Mon 11 May 2026 10:00")
    report.sign(story)


def _publish(story: Story) -> None:
    story.on("Mon 1 Jun 2026 10:00")
    publication.plan(story, "Fri 3 Jul 2026", "Tue 23 Jun 2026")  # clear days
    publication.present(story, "Mon 1 Jun 2026")
    publication.approve(story, "Mon 1 Jun 2026")
    story.on("Tue 23 Jun 2026 10:00")
    publication.pre_send(story, "on the day")
    story.on("Fri 3 Jul 2026 10:00")
    expected = publication.is_published({"K13": "Sat 3 Jul 2027"}, {"K11": "early"})
    publication.publish(story, "Fri 3 Jul 2026", expected)

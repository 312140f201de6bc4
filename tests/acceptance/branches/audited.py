"""An improvement that does not last is made again, and audited again, until it does (EMB-09)."""

from dataclasses import replace
from typing import Final

from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from tests.acceptance.branches import shared_steps, without_lcspr
from tests.acceptance.chapters import learning
from tests.acceptance.dates import day
from tests.acceptance.expectations import Expected
from tests.acceptance.final_checks import ExpectedEnd
from tests.acceptance.fixtures import SANICLE
from tests.acceptance.story import Story

AUDITED: Final = replace(
    without_lcspr.BRIEFED, incident=replace(without_lcspr.BRIEFED.incident, family=SANICLE)
)
REPORT: Final = DocumentKind.AUDIT_REPORT


def drive(story: Story) -> ExpectedEnd:
    """Two audits find that it does not last, a third that it does, and a fourth looks again.

    The partners are asked to sign the plan only after the last of them (G11).
    """
    shared_steps.until_panel_agrees(story, AUDITED, "Mon 28 Sep 2026")
    story.on("Mon 5 Oct 2026 10:00")
    learning.agree_on_plan(story, {"hospital": "Fri 30 Oct 2026"})
    story.does("police", "ask_for_audit", {"number": 1, "by_when": day("Mon 30 Nov 2026")})
    story.on("Thu 29 Oct 2026 10:00")
    learning.complete(story, "hospital", 1, "early")
    _does_not_last(story, "Mon 30 Nov 2026", again_by="Fri 29 Jan 2027")
    story.on("Fri 29 Jan 2027 10:00")
    learning.complete(story, "hospital", 1, "on the day")
    _does_not_last(story, "Mon 22 Feb 2027", again_by="Fri 30 Apr 2027")
    story.on("Thu 29 Apr 2027 10:00")
    learning.complete(story, "hospital", 1, "early")
    _lasts(story)
    story.on("Mon 6 Sep 2027 10:00")
    learning.sign(story)
    learning.close(story, "Wed 6 Sep 2062", "Mon 6 Sep 2027")
    end = without_lcspr.EXPECTED_END
    return replace(end, documents={**end.documents, REPORT: 4})


def _does_not_last(story: Story, on: str, *, again_by: str) -> None:
    """Its owner does it again by another day, of which they are told."""
    story.on(f"{on} 10:00")
    found = {
        "number": 1,
        "audited_on": day(on),
        "finding": "not_sustained",
        "recheck": None,
        "no_recheck": None,
        "again_by": day(again_by),
    }
    again = Expected(
        starts={"K14": again_by}, documents=(REPORT,), emails=(EmailTrigger.ACTION_DUE,)
    )
    story.does("manager", "record_audit", found, again)


def _lasts(story: Story) -> None:
    """It is looked at again after three months, and lasts: now the partners are asked to sign."""
    story.on("Mon 24 May 2027 10:00")
    lasts = {
        "number": 1,
        "audited_on": day("Mon 24 May 2027"),
        "recheck": "after_3_months",
        "no_recheck": None,
    }
    story.does("manager", "record_audit", lasts, Expected(documents=(REPORT,)))
    story.shows("manager", "", "Tuesday 24 August 2027")
    story.on("Tue 24 Aug 2027 10:00")
    asked = Expected(
        documents=(REPORT, DocumentKind.ACTION_PLAN), emails=(EmailTrigger.SIGN_OFF_NEEDED,)
    )
    again = {"number": 1, "audited_on": day("Tue 24 Aug 2027")}
    story.does("manager", "record_audit", again, asked)

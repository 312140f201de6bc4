"""The partnership's own Word template of the draft report: two people apply it."""

import re
from typing import Final

from tests.acceptance.answers import File
from tests.acceptance.browser import SEE_OTHER
from tests.acceptance.dates import day
from tests.acceptance.story import Story

HERE: Final = "/policy/templates/report_version"
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def apply_own_report(story: Story, from_day: str) -> None:
    """The administrator sends a template, the manager looks at its preview and applies it."""
    administrator, manager = story.browser("administrator"), story.browser("manager")
    content = administrator.fetch(f"{HERE}/starter")
    said = {
        "reason": "The partnership has its own letterhead.",
        "effective_on": day(from_day),
        "file": File("report.docx", WORD, content),
    }
    sent = administrator.send(f"{HERE}/propose", said)
    waits = re.search(r"Version (\d+) waits", manager.open(HERE).text)
    if sent.status != SEE_OTHER or waits is None:
        story.differs(f"the template of the draft report was not taken: {sent.page.errors}")
        return
    if not manager.fetch(f"{HERE}/versions/{waits[1]}/preview-word").startswith(b"PK"):
        story.differs("the template of the draft report has no preview")
    applied = manager.send(f"{HERE}/proposal/{waits[1]}", {"is_approved": True})
    if applied.status != SEE_OTHER:
        story.differs(f"the template was not applied: {applied.page.errors}")


def report_is_of_it(story: Story) -> None:
    """Both forms of the draft say from which version of the template they were made."""
    story.shows("manager", "documents", "of the partnership's own template")

"""A surgery answers by telephone: its words are entered, and it confirms them later by link."""

from dataclasses import replace
from typing import Final

from services.domain.documents import DocumentKind
from services.domain.workflow import PanelAnswer
from tests.acceptance.branches import shared_steps, without_lcspr
from tests.acceptance.branches.wrong_mailbox import LEARNING
from tests.acceptance.chapters import meeting, panel, scoping
from tests.acceptance.dates import day
from tests.acceptance.expectations import Refusal
from tests.acceptance.final_checks import ExpectedEnd
from tests.acceptance.fixtures import LOOSESTRIFE
from tests.acceptance.story import Story

SURGERY: Final = "surgery"
TELEPHONED: Final = replace(
    without_lcspr.BRIEFED,
    incident=replace(without_lcspr.BRIEFED.incident, family=LOOSESTRIFE),
    agencies=("hospital", SURGERY),
)


def drive(story: Story) -> ExpectedEnd:
    """The call meets the clock; the pack says that it is not confirmed, and is renewed once it is.

    What only the surgery can say of its records is said by its practice manager, without an
    account, on the day before the meeting.
    """
    shared_steps.refer_and_notify(story, TELEPHONED)
    shared_steps.send_forms(story, TELEPHONED)
    meeting.set_date(story, TELEPHONED.meets, TELEPHONED.met("K4"))
    _answer(story)
    story.on("Wed 9 Sep 2026 10:00")
    story.shows(SURGERY, "", "Confirm the scoping return that came by email or telephone")
    scoping.confirm_return(story, SURGERY)
    shared_steps.hold_and_write(story, TELEPHONED)
    shared_steps.decide_and_submit(story, TELEPHONED)
    story.on("Mon 28 Sep 2026 10:00")
    panel.answers(story, "Mon 28 Sep 2026", PanelAnswer.AGREES)
    story.does("manager", "record_family_told", {"shared_on": day("Mon 28 Sep 2026")})
    shared_steps.act_on_learning(story, LEARNING)
    documents = {
        **without_lcspr.EXPECTED_END.documents,
        DocumentKind.SCOPING_RETURN: 3,
        DocumentKind.MEETING_PACK: 2,
    }
    return replace(without_lcspr.EXPECTED_END, documents=documents)


def _answer(story: Story) -> None:
    """The hospital returns its form; the surgery rings, not before it was asked."""
    story.on(TELEPHONED.returned)
    scoping.return_form(story, "hospital", "early")
    too_early = scoping.telephoned(story, SURGERY, "Fri 28 Aug 2026 09:30")
    before = Refusal(field="received_at", says="its answer came after that")
    story.is_refused("manager", "enter_return", too_early, before)
    scoping.enter_return(story, SURGERY, "Thu 3 Sep 2026 09:30", "early")
    story.shows("manager", "", "Received, not yet confirmed")
    story.shows("manager", "", "By telephone, Thursday 3 September 2026 at 9:30am")
    scoping.accept_pack(story)

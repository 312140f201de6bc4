"""An agency lead without an account: email, code, no involvement in two clicks, and a copy."""

from dataclasses import replace
from typing import Final

from tests.acceptance.answers import Labelled
from tests.acceptance.branches import shared_steps, without_lcspr
from tests.acceptance.errors import JourneyStopped
from tests.acceptance.fixtures import COWSLIP
from tests.acceptance.story import Story
from tests.in_chromium.stage import Stage
from tests.in_chromium.visitor import Visitor
from tests.in_chromium.waiting import until

SURGERY: Final = "surgery"
ASKED: Final = replace(
    without_lcspr.BRIEFED,
    incident=replace(without_lcspr.BRIEFED.incident, family=COWSLIP, referred_by="manager"),
    agencies=("hospital", SURGERY),
)


def go(stage: Stage) -> None:
    """The surgery is asked, comes in by its address and a code, and answers."""
    story = stage.story
    ask(story)
    guest = stage.stranger("surgery")
    guest.opens(stage.address_of(SURGERY))
    before = stage.newest_code_of(SURGERY)
    guest.takes_picture("1-address")
    guest.presses("Send a code to that mailbox")
    guest.sees("one is on its way to the mailbox")
    code = until(lambda: stage.newest_code_of(SURGERY) != before and stage.newest_code_of(SURGERY))
    guest.answers("Code", code)
    guest.presses("Continue")
    guest.answers("Your full name", "Sam Field")
    guest.answers("Your post", "Practice manager")
    guest.answers("Your work telephone number", "01632 960002")
    guest.presses("Continue")
    guest.chooses("conflict", "No")
    guest.chooses("confidential", "Yes")
    guest.presses("Declare and go on")
    guest.follows("Return the scoping form", within="To do")
    guest.takes_picture("agency-by-link-form")
    clicks = stage.seen.clicks
    guest.chooses("Has your agency been involved", "No")
    guest.chooses("Does your agency hold any record", "No")
    said = stage.seen.clicks - clicks
    guest.presses("Send the return")
    if said != len(("not involved", "no record")):
        raise JourneyStopped(f"No involvement took {said} clicks before it was sent.")
    guest.sees("received", story.reference)
    guest.takes_picture("agency-by-link-done")
    until(lambda: _has_copy(guest, story))
    guest.takes_picture("agency-by-link-copy")


def _has_copy(guest: Visitor, story: Story) -> bool:
    """Tell whether the paper of what was sent is there; it takes a moment to be made."""
    guest.opens(f"/cases/{story.case}/documents")
    return "information sharing return" in guest.text()


def ask(story: Story) -> None:
    """Refer, notify, and ask the hospital and the surgery."""
    shared_steps.refer_and_notify(story, ASKED)
    asked = tuple(Labelled(story.place.agency(one)) for one in ASKED.agencies)
    story.does("manager", "request_returns", {"agencies": asked})

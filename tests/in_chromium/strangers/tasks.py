"""The five tasks of a stranger, each in plain words, and what comes before it."""

import time
from dataclasses import replace
from typing import Final

from tests.acceptance.branches import shared_steps, without_lcspr
from tests.acceptance.branches.published_otherwise import WITHHELD
from tests.acceptance.chapters import learning
from tests.acceptance.errors import JourneyStopped
from tests.in_chromium.journeys import agency_by_link
from tests.in_chromium.journeys.lead_reviewer import DAYS
from tests.in_chromium.stage import Stage
from tests.in_chromium.strangers.stranger import Stranger, Task

REVIEW: Final = without_lcspr.BRIEFED
NO_CONFLICT: Final = {"conflict": "No", "confidential": "Yes"}
REFER: Final = Task(
    words="A child was seriously harmed on our ward. Refer the incident to the partnership.",
    facts={
        "your post": "Named nurse",
        "senior manager supports": "The director of nursing",
        "when incident happen": "24 8 2026",
        "where happen": "At home, in the old town",
        "which area was that": "In this area",
        "kind of incident": "Physical abuse",
        "child 1 full name": "Perdita Saxifrageson",
        "child 1 sex": "Female",
        "children care status": "None of these",
        "what happened to child": "Seriously harmed",
        "harmed or perpetrator": "Harmed",
        "abuse or neglect": "Suspected",
        "why do you say so": "The account does not explain the injuries.",
        "what is impaired": "Physical health",
        "long-term impairment": "Not known",
        "why harm serious": "An operation was needed.",
        "children kept safe": "There are no other children at home.",
        "family know of referral": "Yes",
        "police involved": "Yes",
        "coroner involved": "No death",
        "media interest": "No",
        "partner been consulted": "Yes",
        "consulted and when": "The designated nurse, this morning.",
        "partnership receive referral": "25 8 2026 09:30",
        **NO_CONFLICT,
    },
    done=("is referred",),
    least=2,
)
ANSWER: Final = Task(
    words="Your surgery is asked by e-mail what it knows of a family that it never met. "
    "Have a code sent to the mailbox, declare what is asked, and return the form.",
    facts={
        "code": "the code",
        "full name": "Sam Field",
        "your post": "Practice manager",
        "telephone": "01632 960002",
        "agency been involved anybody named": "No",
        "agency hold any record": "No",
        **NO_CONFLICT,
    },
    done=("received",),
    least=6,
)
SIGN: Final = Task(
    words="Your decision on the rapid review is needed. You agree: sign it.",
    facts={
        "role to act": "Northmoor",
        "your position": "Agrees",
        "reasons or comments": "We agree with all of it.",
    },
    done=("Your position is recorded",),
    least=3,
)
FIND: Final = Task(
    words="Find every action of the schools that is overdue.",
    facts={"agency": "Northmoor Schools", "due": "Overdue", "state": "Overdue"},
    done=("Overdue",),
    least=2,
)
CHOOSE: Final = Task(
    words="The report of the case is to be published. Plan its publication, on 3 July 2026.",
    facts={
        "when report published": "3 7 2026",
        "where report published": "own web address",
        "under which name": "Child K",
        "report anonymised": "Yes",
        "whom harm published": "A brother, who is told first.",
        "who told which order": "The family, staff, members, media.",
        "who sees to it by post": "The communications lead",
        "whose task": "The communications lead",
        "media contact": "The council's press desk",
        "wishes family": "The day is one that they can bear.",
        **NO_CONFLICT,
    },
    done=("The publication plan is with the partners",),
    least=4,
)


def refer(stage: Stage) -> None:
    """A ward has never used the product, and refers."""
    stage.story.on("Tue 25 Aug 2026 10:00")
    Stranger(stage.arrives("hospital"), REFER).does_it()


def answer(stage: Stage) -> None:
    """A surgery has an email with an address, and nothing else."""
    agency_by_link.ask(stage.story)
    guest = stage.stranger(agency_by_link.SURGERY)
    guest.opens(stage.address_of(agency_by_link.SURGERY))
    before = stage.newest_code_of(agency_by_link.SURGERY)

    def code() -> str:
        """Look into the mailbox a few times; the e-mail takes a moment."""
        for _ in range(20):
            newest = stage.newest_code_of(agency_by_link.SURGERY)
            if newest != before:
                return newest
            time.sleep(0.3)
        return ""

    Stranger(guest, replace(ANSWER, newly_told={"the code": code})).does_it()


def sign(stage: Stage) -> None:
    """The police signs; what is decided, the draft and the others' positions are on the page."""
    story = stage.story
    shared_steps.refer_and_notify(story, REVIEW)
    shared_steps.send_forms(story, REVIEW)
    shared_steps.prepare_and_meet(story, REVIEW)
    shared_steps.propose(story, REVIEW)
    for who in ("council", "icb"):
        story.does(who, "sign_rapid_review")
    police = stage.arrives("police")
    Stranger(police, SIGN).does_it()


def find(stage: Stage) -> None:
    """Of three actions the schools' two are overdue, and of those one is completed."""
    story = stage.story
    shared_steps.until_panel_agrees(story, REVIEW, "Mon 28 Sep 2026")
    story.on("Mon 5 Oct 2026 10:00")
    learning.agree_on_plan(story, {"schools": "Fri 30 Oct 2026", "hospital": "Fri 27 Nov 2026"})
    story.on("Mon 9 Nov 2026 10:00")
    manager = stage.arrives("manager")
    Stranger(manager, FIND).does_it()
    if story.reference not in manager.text():
        raise JourneyStopped("The overdue action of the schools is not on the page.")


def choose(stage: Stage) -> None:
    """The report is signed; the communications lead plans its publication."""
    story = stage.story
    shared_steps.until_panel_agrees(story, WITHHELD, "Wed 11 Feb 2026")
    shared_steps.review_locally(story, DAYS)
    story.does("manager", "decide_legal_advice")
    task = replace(CHOOSE, words=f"{CHOOSE.words} The case is {story.reference}.")
    Stranger(stage.arrives("communications"), task).does_it()

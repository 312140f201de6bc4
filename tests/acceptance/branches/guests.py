"""An agency none of whose people has an account answers, and another guest is let in and out."""

from dataclasses import replace
from typing import Final

from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.workflow import PanelAnswer
from tests.acceptance.answers import Labelled
from tests.acceptance.branches import shared_steps, without_lcspr
from tests.acceptance.branches.wrong_mailbox import LEARNING
from tests.acceptance.chapters import panel
from tests.acceptance.expectations import Expected
from tests.acceptance.final_checks import ExpectedEnd
from tests.acceptance.fixtures import COWSLIP
from tests.acceptance.story import Story

SURGERY: Final = "surgery"
WITH_SURGERY: Final = replace(
    without_lcspr.BRIEFED,
    incident=replace(without_lcspr.BRIEFED.incident, family=COWSLIP, referred_by="manager"),
    agencies=("hospital", SURGERY),
)


def drive(story: Story) -> ExpectedEnd:
    """The manager enters what the surgery sent; the surgery is let in and returns its form.

    It gets an address by email and a code by another, and declares before it reads anything.
    A nurse is invited in her own person, and her access ended.
    """
    shared_steps.refer_and_notify(story, WITH_SURGERY)
    the_surgery = {"agency": Labelled(story.place.agency(SURGERY))}
    received = Expected(
        documents=(DocumentKind.REFERRAL,), emails=(EmailTrigger.REFERRAL_RECEIVED,)
    )
    story.does("manager", "name_referrer", the_surgery, received)
    _send_forms(story)
    told = Expected(emails=(EmailTrigger.DECLARATION_NEEDED,))
    story.does("manager", "invite_guest", the_surgery, told)
    story.does("manager", "end_guest_access", {"guest": Labelled("Robin Lake")})
    shared_steps.prepare_and_meet(story, WITH_SURGERY)
    story.shows("manager", "", "Sam Field, Practice manager")
    story.shows(SURGERY, "", story.place.agency(SURGERY))
    shared_steps.decide_and_submit(story, WITH_SURGERY)
    story.on("Mon 28 Sep 2026 10:00")
    panel.answers(story, "Mon 28 Sep 2026", PanelAnswer.AGREES)
    shared_steps.act_on_learning(story, LEARNING)
    documents = {**without_lcspr.EXPECTED_END.documents, DocumentKind.REFERRAL: 2}
    return replace(without_lcspr.EXPECTED_END, documents=documents)


def _send_forms(story: Story) -> None:
    """The hospital, where nobody has declared yet, is told only that; the surgery is asked."""
    [back_by] = WITH_SURGERY.starts("K6").values()
    expected = Expected(
        starts={"K6": back_by},
        meets=WITH_SURGERY.met("K5"),
        documents=(DocumentKind.SCOPING_LETTER, DocumentKind.SCOPING_FORM),
        emails=(EmailTrigger.SCOPING_REQUESTED, EmailTrigger.DECLARATION_NEEDED),
    )
    asked = tuple(Labelled(story.place.agency(one)) for one in WITH_SURGERY.agencies)
    story.does("manager", "request_returns", {"agencies": asked}, expected)

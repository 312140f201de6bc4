"""An agency none of whose people has an account answers, and another guest is let in and out."""

from dataclasses import replace
from typing import Final

from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.workflow import PanelAnswer
from tests.acceptance.answers import File, Labelled
from tests.acceptance.branches import shared_steps, without_lcspr
from tests.acceptance.branches.wrong_mailbox import LEARNING
from tests.acceptance.chapters import panel
from tests.acceptance.expectations import Expected, Refusal
from tests.acceptance.final_checks import ExpectedEnd
from tests.acceptance.fixtures import COWSLIP, PICTURE
from tests.acceptance.story import Story

SURGERY: Final = "surgery"
WITH_SURGERY: Final = replace(
    without_lcspr.BRIEFED,
    incident=replace(without_lcspr.BRIEFED.incident, family=COWSLIP, referred_by="manager"),
    agencies=("hospital", SURGERY),
)


ASH: Final = "Ash Surgery, Tidewick"
PRACTICE: Final = "Elm Practice, Tidewick"
LISTED_BY: Final = "Wed 2 Sep 2026"  # two working days from Fri 28 August: Monday is a holiday
_OF_PRACTICE: Final = {"agency": Labelled(PRACTICE)}
ANOTHER_PERSON: Final = Refusal(field="is_confirmed", says="Another person answers it")


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
    _list_a_practice(story)
    _send_forms(story)
    told = Expected(emails=(EmailTrigger.DECLARATION_NEEDED,))
    story.does("manager", "invite_guest", the_surgery, told)
    story.does("manager", "end_guest_access", {"guest": Labelled("Robin Lake")})
    for one in (PRACTICE, ASH):
        story.does("manager", "excuse_return", {"agency": Labelled(one)})
    shared_steps.prepare_and_meet(story, WITH_SURGERY)
    story.shows("manager", "", "Sam Field, Practice manager")
    story.shows(SURGERY, "", story.place.agency(SURGERY))
    own = {"title": "Chronology", "file": File("notes.png", "image/png", PICTURE)}
    added = Expected(documents=(DocumentKind.UPLOAD,), emails=(EmailTrigger.RETURN_CORRECTED,))
    story.does(SURGERY, "add_own_file", own, added)
    shared_steps.decide_and_submit(story, WITH_SURGERY)
    story.on("Mon 28 Sep 2026 10:00")
    panel.answers(story, "Mon 28 Sep 2026", PanelAnswer.AGREES)
    shared_steps.act_on_learning(story, LEARNING)
    documents = {**without_lcspr.EXPECTED_END.documents, DocumentKind.REFERRAL: 2}
    documents |= {DocumentKind.SCOPING_LETTER: 4, DocumentKind.SCOPING_FORM: 8}
    documents |= {DocumentKind.UPLOAD: 1}  # what the surgery added to its return
    return replace(without_lcspr.EXPECTED_END, documents=documents)


def _list_a_practice(story: Story) -> None:
    """A practice is listed for this case, and a second person finds its address right (RR-39).

    Another is asked through the named lead of the directory.
    """
    listed = Expected(starts={"K5": LISTED_BY}, emails=(EmailTrigger.ADDRESS_TO_CONFIRM,))
    story.does("manager", "list_organisation", {"name": PRACTICE}, listed)
    story.shows("manager", "", "Waits for a second person")
    story.is_refused("manager", "answer_listed_address", _OF_PRACTICE, ANOTHER_PERSON)
    story.does("chair", "answer_listed_address", _OF_PRACTICE)
    through = {"practices": ({"name": ASH},)}
    story.does("manager", "list_practices", through, Expected(starts={"K5": LISTED_BY}))
    story.shows("manager", "", "Through Named GP for safeguarding")


def _send_forms(story: Story) -> None:
    """The hospital, where nobody has declared yet, is told only that; the surgery is asked.

    So are the two practices that are listed for this case, which are excused later.
    """
    [back_by] = WITH_SURGERY.starts("K6").values()
    expected = Expected(
        starts={"K6": back_by},
        meets=WITH_SURGERY.met("K5"),
        documents=(DocumentKind.SCOPING_LETTER, DocumentKind.SCOPING_FORM),
        emails=(EmailTrigger.SCOPING_REQUESTED, EmailTrigger.DECLARATION_NEEDED),
    )
    asked = tuple(Labelled(story.place.agency(one)) for one in WITH_SURGERY.agencies)
    asked += (Labelled(PRACTICE), Labelled(ASH))
    story.does("manager", "request_returns", {"agencies": asked}, expected)

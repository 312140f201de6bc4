"""What a national body collects by itself: the address by email, the code by telephone (P7)."""

import re
from collections.abc import Mapping
from email import message_from_bytes, policy

from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.workflow import Step
from tests.acceptance.acts import example_answers, path_of
from tests.acceptance.chapters import dispatches
from tests.acceptance.collecting import Collector
from tests.acceptance.errors import JourneyStopped
from tests.acceptance.expectations import Expected
from tests.acceptance.story import Story

CODE = re.compile(r"\b(\d{4}) (\d{4})\b")
ADDRESS = re.compile(r"/collect/[\w-]+")
WRONG, REFUSED = "00000000", 403


def submit(story: Story, meets: Mapping[str, str]) -> None:
    """The manager has the Panel collect the rapid review; K8 and K10 wait until it has (P7)."""
    dispatches.correct(story, "chair", DocumentKind.COVERING_LETTER)
    dispatches.read(story, DocumentKind.RAPID_REVIEW_RECORD, DocumentKind.COVERING_LETTER)
    at_once = {clock: how for clock, how in meets.items() if clock == "K9"}
    expected = Expected(
        meets=at_once,
        documents=(DocumentKind.COMMISSIONING_NOTICE,),
        emails=(
            EmailTrigger.RAPID_REVIEW_SUBMITTED,
            EmailTrigger.OUTCOME_TOLD,
            EmailTrigger.CHAIR_TOLD,
            EmailTrigger.RECOMMENDATION_SHARED,
            EmailTrigger.DOCUMENTS_TO_COLLECT,
        ),
    )
    story.does("manager", "submit_by_collection", expected=expected)
    story.shows("manager", "", "waiting to be collected")
    later = {clock: how for clock, how in meets.items() if clock != "K9"}
    _panel_collects(story, 2, Expected(meets=later))


def send_and_revoke(story: Story) -> None:
    """An address is taken back: nothing can be collected there, and the papers go by hand."""
    dispatches.read(story, DocumentKind.CHALLENGE_RECORD)
    sent = Expected(emails=(EmailTrigger.DOCUMENTS_TO_COLLECT,))
    story.does("manager", "send_by_collection", expected=sent)
    code, collector = _code(story), Collector(story.connections.site, _address(story))
    collector.listed(code)
    story.does("manager", "revoke_collection")
    if (status := collector.status_with(code)) != REFUSED:
        story.differs(f"what was taken back answers {status}, expected {REFUSED}")
    collector.close()


def _panel_collects(story: Story, many: int, expected: Expected) -> None:
    code, collector = _code(story), Collector(story.connections.site, _address(story))
    if (status := collector.status_with(WRONG)) != REFUSED:
        story.differs(f"a wrong code answers {status}, expected {REFUSED}")
    found = collector.collect(code)
    collector.close()
    if len(found) != many or not all(one.startswith(b"%PDF") for one in found):
        story.differs(f"{len(found)} documents were collected, expected {many} PDF")
    story.follows("The Panel collects the documents", Step.SUBMIT, expected)
    story.shows("manager", "", "Opened with the one-time address")


def _code(story: Story) -> str:
    """Make the code as the manager, who reads it once."""
    act = "give_collection_code"
    page = f"/cases/{story.case}/{path_of(act)}"
    answered = story.browser("manager").send(page, example_answers(act))
    told = CODE.search(answered.page.text)
    if told is None:
        raise JourneyStopped(f"No code was told ({answered.status}): {answered.page.errors}.")
    return "".join(told.groups())


def _address(story: Story) -> str:
    """Return the newest address that went to a national body for this case."""
    found: list[str] = []
    for raw in story.connections.database.caught_emails():
        message = message_from_bytes(raw, policy=policy.default)
        text = message.get_body(("plain",))
        words = text.get_content() if text else ""
        if story.reference in words or story.reference in str(message["Subject"]):
            found += ADDRESS.findall(words)
    if not found:
        raise JourneyStopped("No email with an address to collect at was caught.")
    return found[-1]

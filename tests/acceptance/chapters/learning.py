"""Gate G11: the action plan, its progress with evidence, its sign-off, the close of the case."""

from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.todos import Todo
from tests.acceptance.answers import Labelled
from tests.acceptance.chapters.signing import all_sign
from tests.acceptance.dates import day
from tests.acceptance.story import Expected, Story


def agree_plan(story: Story, by: dict[str, str]) -> None:
    """The chair agrees the plan: one action for each agency, with a last day of its own (K14)."""
    actions = tuple(
        {
            "recommendation": "One team owns missed appointments.",
            "action": f"Name the team and tell every other agency (action {number}).",
            "agency": Labelled(story.place.agency(agency)),
            "measure": "No missed appointment without a call, in a monthly audit.",
            "last_day": day(last_day),
        }
        for number, (agency, last_day) in enumerate(by.items(), start=1)
    )
    answers = {"actions": actions, "dissemination": "A briefing to all agencies; one workshop."}
    expected = Expected(documents=(DocumentKind.ACTION_PLAN,), emails=(EmailTrigger.ACTION_DUE,))
    story.does("chair", Todo.AGREE_PLAN, answers, expected)


def report_progress(story: Story, agency: str, number: int) -> None:
    """An agency says how far it has come; the action stays open."""
    story.does(agency, Todo.UPDATE_ACTIONS, _progress(number, "open"))


def complete(story: Story, agency: str, number: int, met: str, *, is_last: bool = False) -> None:
    """An agency completes its action with evidence; after the last one the partners sign."""
    expected = Expected(
        meets={"K14": met},
        documents=(DocumentKind.ACTION_PLAN,) if is_last else (),
        emails=(EmailTrigger.SIGN_OFF_NEEDED,) if is_last else (),
    )
    story.does(agency, Todo.UPDATE_ACTIONS, _progress(number, "complete, with evidence"), expected)


def sign(story: Story) -> None:
    """The three partners sign off the completed plan (EMB-05)."""
    all_sign(story, Todo.SIGN_PLAN, Expected(emails=(EmailTrigger.PLAN_SIGNED_OFF,)))


def close(story: Story, keep_until: str) -> None:
    """The Executive closes the case; its papers are looked at again long after (K15)."""
    answers = {
        "audit": "An audit of forty missed appointments: a call on the same day in all but one.",
        "sustained": "The audit is repeated each quarter for two years.",
    }
    expected = Expected(
        starts={"K15": keep_until},
        documents=(DocumentKind.ACTION_PLAN,),
        emails=(EmailTrigger.CASE_CLOSED,),
    )
    story.does("council", Todo.CLOSE, answers, expected)


def _progress(number: int, progress: str) -> dict[str, str | int]:
    return {
        "number": number,
        "progress": progress,
        "evidence": "The team's name is in every agency's handbook; see the audit of the quarter.",
    }

"""The rapid review meeting: its date is set, and what it found is recorded."""

from services.domain.emails import EmailTrigger
from services.domain.todos import Todo
from tests.acceptance.answers import Answers
from tests.acceptance.dates import day, moment
from tests.acceptance.story import Expected, Story


def meeting_at(when: str) -> Answers:
    """Return the date that is set, and where."""
    return {"meeting_at": moment(when), "place": "By video, with a room at the civic centre"}


def set_date(story: Story, when: str, meets: dict[str, str]) -> None:
    """The business manager sets the date, and those who know the family are invited (K4)."""
    expected = Expected(meets=meets, emails=(EmailTrigger.MEETING_SET,))
    story.does("manager", Todo.SET_MEETING, meeting_at(when), expected)


def hold(story: Story, met_on: str, facts: str, expected: Expected) -> None:
    """The chair records the meeting; two working days remain for the record (K8)."""
    story.does("chair", Todo.HOLD_MEETING, held(met_on, facts), expected)


def held(met_on: str, facts: str) -> Answers:
    """Return what the meeting found."""
    return {
        "met_on": day(met_on),
        "attendees": "The chair; children's services, health, police and education, by role.",
        "facts": facts,
        "immediate_action": "The child is safe in hospital; a strategy discussion was held.",
        "improvements": "How agencies tell each other of missed appointments.",
    }

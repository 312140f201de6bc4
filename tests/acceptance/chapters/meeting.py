"""The rapid review meeting: its date is set, and what it found is recorded."""

from services.domain.emails import EmailTrigger
from tests.acceptance.dates import day, moment
from tests.acceptance.expectations import Expected
from tests.acceptance.story import Story


def set_date(story: Story, when: str, meets: dict[str, str]) -> None:
    """The business manager sets the date, and those who know the family are invited (K4)."""
    expected = Expected(meets=meets, emails=(EmailTrigger.MEETING_SET,))
    story.does("manager", "set_meeting", {"meeting_at": moment(when)}, expected)


def hold(story: Story, met_on: str, expected: Expected) -> None:
    """The chair records the meeting; two working days remain for the record (K8)."""
    story.does("chair", "hold_meeting", {"met_on": day(met_on)}, expected)

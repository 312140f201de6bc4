"""Monday 08:40, the business manager: what is overdue is chased, a date explained, a day set."""

from tests.acceptance.branches import shared_steps, without_lcspr
from tests.in_chromium.stage import Stage

REVIEW = without_lcspr.BRIEFED
WHOLE = "Remind all who are overdue"


def go(stage: Stage) -> None:
    """Two returns are a day late; the manager has both reminded, and sets the meeting."""
    story = stage.story
    shared_steps.refer_and_notify(story, REVIEW)
    shared_steps.send_forms(story, REVIEW)
    story.on("Tue 8 Sep 2026 08:40")
    manager = stage.arrives("manager")
    manager.takes_picture("monday-morning-home")
    manager.follows("The whole list of what waits on others")
    manager.sees("Overdue", story.reference, "late")
    manager.takes_picture("monday-morning-waits")
    manager.opens("/")
    manager.follows(WHOLE)
    manager.takes_picture("monday-morning-check")
    manager.sees(*(story.place.agency(one) for one in REVIEW.agencies))
    manager.presses("Send the reminders")
    manager.sees("on their way")
    manager.opens("/")
    manager.sees("to spare")
    manager.follows("Set the date", within=story.reference)
    manager.says_day("When is the meeting?", "10 9 2026")
    manager.answers("Time", "14:00")
    manager.answers("Where, or by which link?", "Meeting room 2")
    manager.takes_picture("monday-morning-meeting")
    manager.presses("Set the date")
    manager.sees("Thursday 10 September 2026")
    manager.follows("How we worked this out", within="Submit the rapid review to the Panel")
    manager.takes_picture("monday-morning-explained")
    manager.sees("Monday 21 September 2026")

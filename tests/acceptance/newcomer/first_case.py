"""The first case of the partnership, on the real day: referred, decided, and notified.

There is no practice clock in production, so no date is counted here by hand: that the clocks run
and are met is checked, and each date in the journeys of the demonstration.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from time import time
from typing import Final

from services.domain.documents import DocumentKind
from services.domain.working_days import LONDON, written
from tests.acceptance import final_checks, leak_checks
from tests.acceptance.chapters import notify
from tests.acceptance.expectations import Expected
from tests.acceptance.fixtures import NEWCOMER
from tests.acceptance.newcomer import people
from tests.acceptance.newcomer.acts import SettingUp
from tests.acceptance.newcomer.partnership import NEWCOMBE, SUCCESSOR
from tests.acceptance.story import Story

LEAVES: Final = "icb"
RESTS: Final = frozenset({"RUNNING", "SCHEDULED", "PAUSED"})
DOCUMENTS: Final = {DocumentKind.REFERRAL: 1, DocumentKind.NOTIFICATION_RECORD: 1}


def drive(setting: SettingUp) -> Story:
    """Drive the case to its notification; in between the delegate of the board leaves."""
    now = datetime.fromtimestamp(time(), LONDON)
    story = Story(
        NEWCOMBE, setting.connections, _now=written(now.date()), _browsers=setting.browsers
    )
    incident = notify.Incident(
        family=NEWCOMER,
        happened_on=written((now - timedelta(days=1)).date()),
        received_at=_written(now - timedelta(minutes=9)),
    )
    notify.refer(story, incident, Expected())
    notify.record_awareness(story, _written(now - timedelta(minutes=8)), Expected())
    people.may_not_leave_the_seat_empty(setting, LEAVES)
    people.leaves(setting, LEAVES, "the seat of the board")
    story.all_open_the_case(SUCCESSOR.who)
    for who in ("council", SUCCESSOR.who, "police"):
        story.does(who, "give_view")
    setting.is_asked_again("notifier", lambda: notify.decide(story, notify=True))
    sent_at = _written(datetime.fromtimestamp(time(), LONDON))
    notify.record_notification(story, sent_at, notify.notified({}, {"K1": "early", "K2": "early"}))
    return story


def check(setting: SettingUp, story: Story) -> None:
    """Check the record, the run, the documents and the emails, and that nothing leaked."""
    story.shows("manager", "timeline", "Decision whether to notify made")
    final_checks.check_documents(story, final_checks.ExpectedEnd(documents=DOCUMENTS))
    final_checks.check_emails(story)
    runs = story.connections.prefect.runs_of(story.case)
    if [run.idempotency_key for run in runs] != [f"case:{story.case}:1"]:
        story.differs(f"Prefect has other runs than one for the case: {runs}")
    clocks: Mapping[str, str] = {
        row.clock: row.how_met for row in story.connections.database.clocks(story.case)
    }
    if clocks.get("K4") != "runs":
        story.differs(f"the national clock does not run: {clocks}")
    tested = setting.installation.tested()
    leak_checks.check(story, tested.home, tested.prefect_database)


def _written(at: datetime) -> str:
    return f"{written(at.date())} {at:%H:%M}"

"""Two agencies refer one incident: the second is joined; a third, joined in error, is undone."""

from dataclasses import replace
from typing import Final

from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.workflow import Step
from tests.acceptance.chapters import notify
from tests.acceptance.expectations import Expected
from tests.acceptance.final_checks import Ends, ExpectedEnd
from tests.acceptance.fixtures import HAREBELL
from tests.acceptance.story import Story

FIRST: Final = notify.Incident(
    family=HAREBELL, happened_on="Tue 13 Oct 2026", received_at="Wed 14 Oct 2026 09:30"
)
SAME: Final = replace(FIRST, received_at="Tue 13 Oct 2026 16:00", referred_by="schools")
# The twin: born on the same day, and harmed on another.
TWIN: Final = replace(
    FIRST,
    family=replace(HAREBELL, child="Augustine Harebellow"),
    happened_on="Mon 12 Oct 2026",
    received_at="Thu 15 Oct 2026 09:30",
    referred_by="constabulary",
)
REFERRED: Final = {DocumentKind.REFERRAL: 1}
ALL_BUT_NOTIFY: Final = frozenset(Step) - {Step.NOTIFY}
NOT_NOTIFIED: Final = ExpectedEnd(
    not_needed=ALL_BUT_NOTIFY,
    documents={**REFERRED, DocumentKind.DECISION_NOT_TO_NOTIFY: 1, DocumentKind.CLOSING_RECORD: 1},
)


def drive(first: Story) -> Ends:
    """The earliest days anchor the case that goes on; what was joined in error goes its own way."""
    _refer(first)
    second = _join(first)
    third = _join_in_error(first)
    for story, told in ((first, "on the day"), (third, "early")):
        story.on("Mon 19 Oct 2026 10:00")
        decided = Expected(
            meets={"K2": told},
            documents=(DocumentKind.DECISION_NOT_TO_NOTIFY,),
            emails=(EmailTrigger.NOT_NOTIFIED,),
        )
        notify.decide(story, notify=False, expected=decided)
    second.shows("schools", "", "not to notify the Panel")
    for story in (first, third):
        story.on("Wed 21 Oct 2026 10:00")
        notify.close_unreviewed(story, "Fri 21 Oct 2061")
    return [
        (first, NOT_NOTIFIED),
        (second, ExpectedEnd(not_needed=ALL_BUT_NOTIFY, documents=REFERRED)),
        (third, replace(NOT_NOTIFIED, runs=2)),
    ]


def _refer(first: Story) -> None:
    first.on("Wed 14 Oct 2026 10:00")
    starts = {"K5": "Fri 16 Oct 2026", "K7": "Fri 23 Oct 2026 to Mon 2 Nov 2026"}
    emails = (EmailTrigger.DECLARATION_NEEDED,)
    notify.refer(first, FIRST, Expected(starts=starts, emails=emails))
    aware = Expected(starts={"K1": "Wed 21 Oct 2026"})
    notify.record_awareness(first, "Wed 14 Oct 2026 09:45", aware)


def _join(first: Story) -> Story:
    """A school referred the incident a day before: its days anchor the case that goes on."""
    second = first.beside()
    starts = {"K5": "Thu 15 Oct 2026", "K7": "Thu 22 Oct 2026 to Fri 30 Oct 2026"}
    emails = (EmailTrigger.DECLARATION_NEEDED,)
    notify.refer(second, SAME, Expected(starts=starts, emails=emails))
    aware = {"K1": "Tue 20 Oct 2026"}
    notify.record_awareness(second, "Tue 13 Oct 2026 17:00", Expected(starts=aware))
    second.shows("manager", "", first.reference)
    _mark(second, first, "Fri 14 Oct 2061")
    moved = Expected(starts=starts | aware, emails=(EmailTrigger.DAY_CAME_NEARER,))
    first.follows("A duplicate is taken in", Step.NOTIFY, moved)
    return second


def _join_in_error(first: Story) -> Story:
    """The twin's incident is taken for the same: it is found out, and both go on apart."""
    third = first.beside()
    third.on("Thu 15 Oct 2026 10:00")
    starts = {"K5": "Mon 19 Oct 2026", "K7": "Mon 26 Oct 2026 to Tue 3 Nov 2026"}
    emails = (EmailTrigger.DECLARATION_NEEDED,)
    notify.refer(third, TWIN, Expected(starts=starts, emails=emails))
    aware = Expected(starts={"K1": "Thu 22 Oct 2026"})
    notify.record_awareness(third, "Thu 15 Oct 2026 09:40", aware)
    _mark(third, first, "Sat 15 Oct 2061")
    first.follows("Another referral is taken in", Step.NOTIFY)
    third.on("Fri 16 Oct 2026 10:00")
    third.does("manager", "undo_duplicate")
    first.follows("The other referral is given back", Step.NOTIFY)
    third.still_runs("K1", "Thu 22 Oct 2026")
    first.still_runs("K1", "Tue 20 Oct 2026")
    return third


def _mark(story: Story, first: Story, keep_until: str) -> None:
    answers = {"duplicate_of": first.reference}
    story.does("manager", "mark_duplicate", answers, Expected(starts={"K15": keep_until}))

"""The rapid review meeting: its date, who attends, what it found, who agrees its record."""

from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from tests.acceptance.answers import FIRST_OFFERED, Labelled
from tests.acceptance.dates import day, moment
from tests.acceptance.expectations import Expected
from tests.acceptance.story import Story


def set_date(story: Story, when: str, meets: dict[str, str]) -> None:
    """The business manager sets the date, and those who know the family are invited (K4)."""
    expected = Expected(meets=meets, emails=(EmailTrigger.MEETING_SET,))
    story.does("manager", "set_meeting", {"meeting_at": moment(when)}, expected)


def convene_group(story: Story, meets_on: str) -> None:
    """The chair convenes the review group on the referral; its members are told (GOV-15)."""
    expected = Expected(emails=(EmailTrigger.GROUP_CONVENED,))
    story.does("chair", "record_group_meeting", {"meets_on": day(meets_on)}, expected)
    story.does("member", "comment_to_group")


def group_met(story: Story, held_on: str, *present: str) -> None:
    """The chair records who of the review group met, and what was decided."""
    who = tuple(Labelled(story.place.people[one]) for one in present)
    answers = {"held_on": day(held_on), "present": who, "decided": "To wait for the forms."}
    story.does("chair", "record_group_meeting", {**answers, "meets_on": None})


def call_off(story: Story) -> None:
    """The business manager calls the meeting off; every calendar entry is taken back (RR-43)."""
    expected = Expected(emails=(EmailTrigger.MEETING_CANCELLED,))
    story.does("manager", "cancel_meeting", {}, expected)


def name_attendees(story: Story, *agencies: str) -> None:
    """The manager names who attends: these leads are invited now, the others called off (RR-42)."""
    who = ("chair", *story.place.partners, *agencies)
    people = tuple(Labelled(story.place.people[one]) for one in who)
    expected = Expected(emails=(EmailTrigger.MEETING_SET, EmailTrigger.MEETING_CANCELLED))
    story.does("manager", "name_attendees", {"people": people}, expected)


def hold(story: Story, met_on: str, expected: Expected, *present: str) -> None:
    """The chair records the meeting and who of those named came; two working days remain (K8)."""
    came = dict.fromkeys(("chair", *present))
    chair, *others = (Labelled(story.place.people[one]) for one in came)
    came_and_saw = {
        "met_on": day(met_on),
        "chaired_by": chair,
        "present": (chair, *others),
        "tabled": "The minutes of the joint agency response.",
    }
    story.does("chair", "hold_meeting", came_and_saw, expected)


def circulate_record(story: Story) -> None:
    """The chair writes the record, and each attendee is asked whether it is right (RR-47).

    It tells of an event of years back, which is asked about before it goes to the partners (RR-24).
    """
    expected = Expected(
        documents=(DocumentKind.MEETING_RECORD,), emails=(EmailTrigger.RECORD_TO_AGREE,)
    )
    old = "Hill Hospital referred the family on 3 March 2019, and nobody went."
    story.does("chair", "write_record", {"facts": old}, expected)


def answer_record(story: Story, asks: str, *agree: str) -> None:
    """One attendee asks for a correction, which is answered with the reason; others agree.

    What was agreed so is put on one paper (RR-47).
    """
    wanted = {"answer": "asks_for_correction", "correction": "The school was told on the Tuesday."}
    expected = Expected(emails=(EmailTrigger.CORRECTION_ASKED,))
    story.does(asks, "answer_record", wanted, expected)
    for who in agree:
        story.does(who, "answer_record")
    expected = Expected(emails=(EmailTrigger.CORRECTION_ANSWERED,))
    story.does("chair", "answer_correction", {"request": FIRST_OFFERED}, expected)
    log = Expected(documents=(DocumentKind.AGREEMENT_LOG,))
    story.does("manager", "log_agreements", expected=log)

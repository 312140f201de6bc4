"""The learning event: practitioners are invited by their posts, and what is learnt kept (LC-39)."""

from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from tests.acceptance.answers import FIRST_OFFERED, Answers, Labelled
from tests.acceptance.dates import day
from tests.acceptance.expectations import Expected, Refusal
from tests.acceptance.guest_browser import PRACTITIONER
from tests.acceptance.story import Story

POST = "Health visitor"
THEME = "Making time for the child"
PAPERS = (
    DocumentKind.LEARNING_BRIEFING,
    DocumentKind.LEARNING_AGENDA,
    DocumentKind.LEARNING_WORKSHEETS,
    DocumentKind.LEARNING_INVITATION,
)


def plan(story: Story, held_on: str, agency: str = "hospital") -> None:
    """The manager plans the event; papers are made, and the agency reads them and is told."""
    answers = planned(story, held_on, agency)
    none_yet = Refusal(field="sittings", says="series")
    story.is_refused(
        "manager", "plan_learning_event", {**answers, "way": "online_series"}, none_yet
    )
    expected = Expected(documents=PAPERS, emails=(EmailTrigger.LEARNING_EVENT_PLANNED,))
    story.does("manager", "plan_learning_event", answers, expected)
    story.shows(agency, "", "Invited from your agency")
    story.shows("chair", "", POST)


def call_off(story: Story) -> None:
    """The event is called off, and the agency that was invited is told."""
    told = Expected(emails=(EmailTrigger.LEARNING_EVENT_CALLED_OFF,))
    story.does("manager", "call_off_learning_event", expected=told)


def plan_and_call_off(story: Story, held_on: str) -> None:
    """An event is planned and not held."""
    plan(story, held_on)
    call_off(story)


def speak_with(story: Story, agency: str, on: str) -> None:
    """The lead reviewer speaks with somebody before the event (LC-40)."""
    asked = {"agency": Labelled(story.place.agency(agency)), "held_on": day(on)}
    story.does("reviewer", "record_conversation", asked)


def is_not_held_yet(story: Story, agency: str = "hospital") -> None:
    """Nothing is recorded of an event before its day."""
    refusal = Refusal(says="record it then", status=409)
    story.is_refused("reviewer", "record_learning_event", _held(story, agency), refusal)


def invite_in_person(story: Story, agency: str = "hospital") -> None:
    """The lead reviewer puts a practitioner on the list, who declares and sees the event alone."""
    who = {
        "agency": Labelled(story.place.agency(agency)),
        "invited_as": POST,
        "email": f"kit.finch@{PRACTITIONER}.{story.place.word}.example",
    }
    sent = Expected(emails=(EmailTrigger.PARTICIPANT_INVITED,))
    story.does("reviewer", "invite_participant", who, sent)
    story.does("manager", "withdraw_participant", {"guest": FIRST_OFFERED})
    story.does("reviewer", "invite_participant", who, sent)
    story.shows(PRACTITIONER, "learning-event", "Council House")
    story.shows("manager", "participants", "agreed to keep the case confidential")


def say_it_is_right(story: Story, by: str) -> None:
    """They are asked about the draft, in an email of their own, and find it right (PUB-19)."""
    asked = Expected(emails=(EmailTrigger.PARTICIPANT_ASKED,))
    story.does("reviewer", "ask_participants", {"answer_by": day(by)}, asked)
    story.does(PRACTITIONER, "say_of_draft")
    story.shows("reviewer", "participants", "It is right.")


def hold(story: Story, agency: str = "hospital", expected: Expected | None = None) -> None:
    """The lead reviewer records who came, by post, and what was learnt by key theme."""
    unsaid = {**_held(story, agency), "themes": ({"theme": "Another", "learnt": "Something."},)}
    story.is_refused(
        "reviewer", "record_learning_event", unsaid, Refusal(field="themes", says=THEME)
    )
    story.does("reviewer", "record_learning_event", _held(story, agency), expected)
    story.shows("reviewer", "report/draft", "Appointments were kept at school.")


def is_asked_about_draft(story: Story, agency: str, on: str) -> None:
    """Practitioners who took part say what they think of the draft (PUB-19)."""
    whose = Labelled(story.place.agency(agency))
    remark = {
        "agency": whose,
        "post": POST,
        "remark": "The second visit was announced.",
        "answer": "not_changed",
        "words": "The record says that it was not; both are told.",
    }
    answers = {
        "asked_on": day(on),
        "agencies": (whose,),
        "shared": "The findings were sent to them; they were asked whether they hold.",
        "remarks": (remark,),
    }
    story.does("reviewer", "record_practitioner_feedback", answers)
    story.shows("chair", "report/quality", "The second visit was announced.")


def planned(story: Story, held_on: str, agency: str = "hospital") -> Answers:
    """Return an event of half a day to which one post of the agency is invited."""
    invited = {
        "agency": Labelled(story.place.agency(agency)),
        "post": POST,
        "involvement": "Saw the child at home.",
    }
    sitting = {"held_on": day(held_on), "begins": "9:30", "ends": "13:00", "place": "Council House"}
    return {"sittings": (sitting,), "invited": (invited,), "shares_themes": True}


def _held(story: Story, agency: str) -> Answers:
    came = {"agency": Labelled(story.place.agency(agency)), "post": POST, "presence": "came"}
    learnt = {"theme": THEME, "learnt": "Appointments were kept at school."}
    return {"people": (came,), "themes": (learnt,)}

"""An agency that does not answer: more time, then each step up to the partners (INF-06)."""

from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from tests.acceptance.answers import Answers, Labelled
from tests.acceptance.chapters import in_time
from tests.acceptance.dates import day
from tests.acceptance.expectations import Expected
from tests.acceptance.story import Story

AFTER_K10 = day("Tue 22 Sep 2026")
NOTICE = Expected(documents=(DocumentKind.FORMAL_NOTICE,), emails=(EmailTrigger.FORMAL_NOTICE,))
TURN = Expected(emails=(EmailTrigger.SILENCE_ESCALATED,))


def give_more_time(story: Story, agency: str, until: str) -> None:
    """The manager gives the agency a later day; the first one stays in sight (RR-40)."""
    answers = _about(story, agency) | {"new_day": day(until)}
    story.does("manager", "extend_day", answers, Expected(emails=(EmailTrigger.ANSWER_EXTENDED,)))
    story.shows("manager", "", "First given until")


def is_asked(story: Story, who: str, words: str) -> None:
    """Wait until the person is asked for the next step, whose day has come."""
    in_time.comes_to_show(story, who, words)


def refer(story: Story, agency: str, by_when: str) -> None:
    """The manager refers the silence to the review group (INF-06, step 1)."""
    story.does("manager", "refer_silence", _by(story, agency, by_when), TURN)


def reach_lead(story: Story, agency: str, by_when: str) -> None:
    """The chair takes it up with the agency's strategic lead, with a formal notice (step 2)."""
    story.does("chair", "reach_strategic_lead", _by(story, agency, by_when), NOTICE)


def put_to_partners(story: Story, agency: str, by_when: str) -> None:
    """It was not resolved: the chair puts it to the safeguarding partners (step 3)."""
    story.does("chair", "put_silence_to_partners", _by(story, agency, by_when), TURN)


def act_formally(story: Story, agency: str, by_when: str) -> None:
    """The partners take formal action, and give notice of it (INF-01, INF-06)."""
    story.does("council", "act_formally", _by(story, agency, by_when), NOTICE)


def _by(story: Story, agency: str, by_when: str) -> Answers:
    return _about(story, agency) | {"by_when": day(by_when)}


def _about(story: Story, agency: str) -> dict[str, object]:
    return {"agency": named(story, agency)}


def named(story: Story, agency: str) -> Labelled:
    """Return the agency as a form's choice."""
    return Labelled(story.place.agency(agency))

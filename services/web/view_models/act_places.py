"""On which page of a case, and at which step of the guidance, each act is at home.

It is told by the folder of the act's own page; an act with a task is of the step of that task. An
act without a page, such as one of Keyline itself, is at home on no page.
"""

from collections.abc import Mapping
from typing import Final

from services.casework.act import Act
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.todos import TODO
from services.domain.workflow import Step
from services.web.act_pages.act_page import ActPage
from services.web.act_pages.registry import ACT_PAGES, TODO_PAGES
from services.web.view_models.todos import also_open, of_case

PEOPLE: Final = "people"
AGENCIES: Final = "agencies"
MEETINGS: Final = "meetings"
DECISIONS: Final = "decisions"
DOCUMENTS: Final = "documents"
REVIEW: Final = "review"
ACTIONS: Final = "actions"
PUBLICATION: Final = "publication"
SHARING: Final = "sharing"
NOTES: Final = "notes"
QUESTIONS: Final = "questions"

# The longest folder that fits counts.
_HOMES: Final[Mapping[str, tuple[str, Step | None]]] = {
    "agency-reports": (AGENCIES, Step.COMMISSION),
    "commissioning": (REVIEW, Step.COMMISSION),
    "dispatches": (SHARING, None),
    "emails": (SHARING, None),
    "family": (PEOPLE, Step.COMMISSION),
    "family-reading": (PEOPLE, None),
    "guests": (AGENCIES, Step.SCOPE),
    "joint": (SHARING, None),
    "lead": ("", Step.NOTIFY),
    "leads": ("", Step.NOTIFY),
    "learning": (ACTIONS, Step.EMBED),
    "learning-event": (MEETINGS, Step.COMMISSION),
    "meeting": (MEETINGS, Step.MEET),
    "notes": (NOTES, None),
    "notification": (DECISIONS, Step.NOTIFY),
    "notification/child-death-review": (PEOPLE, Step.NOTIFY),
    "notification/referral": (PEOPLE, Step.NOTIFY),
    "other-reviews": (REVIEW, None),
    "panel": (DECISIONS, Step.SUBMIT),
    "police-sensitive": (DOCUMENTS, None),
    "publication": (PUBLICATION, Step.PUBLISH),
    "questions": (QUESTIONS, None),
    "rapid-review": (DECISIONS, Step.SUBMIT),
    "refer": (PEOPLE, Step.NOTIFY),
    "referral": (PEOPLE, Step.NOTIFY),
    "remind": (AGENCIES, None),
    "report": (REVIEW, Step.COMMISSION),
    "request": (DECISIONS, Step.NOTIFY),
    "requests": ("", Step.NOTIFY),
    "review-group": (MEETINGS, None),
    "review-team": (REVIEW, Step.COMMISSION),
    "scoping": (AGENCIES, Step.SCOPE),
    "sign-off": (DECISIONS, None),
    "silence": (AGENCIES, Step.SCOPE),
}


def home_of(page: ActPage) -> str:
    """Return the page of the case on which the act is at home; nothing where it is on the first."""
    return _home(page.path)[0]


def step_of(act: Act) -> Step | None:
    """Return the step of the guidance to which the act belongs, if it is of one."""
    if act.todo is not None:
        return TODO[act.todo].step
    page = ACT_PAGES.get(act.name)
    return None if page is None else _home(page.path)[1]


def acts_here(work: UnitOfWork, case: Case, place: str) -> list[ActPage]:
    """Return the acts that are open to the actor now and are at home on this page of the case.

    What they are asked comes first, then what else they may do. Nothing is among them that the
    first page of the case would not offer.
    """
    todo = of_case(work, case)
    asked = [TODO_PAGES[one.todo] for one in todo if one.is_mine and one.todo is not None]
    found = dict.fromkeys(page.act.name for page in (*asked, *also_open(work, case, todo)))
    return [ACT_PAGES[name] for name in found if home_of(ACT_PAGES[name]) == place]


def _home(path: str) -> tuple[str, Step | None]:
    folder = path
    while folder:
        if folder in _HOMES:
            return _HOMES[folder]
        folder = folder.rpartition("/")[0]
    return "", None

"""The page that stands before every case, and the one on which declared interests are decided."""

from typing import Final

from services.casework.steps import declaration, interests
from services.casework.steps.interest_decided import interests_before
from services.database.cases import Case
from services.database.decisions import Declaration
from services.database.delegations import answers_to
from services.database.people import names
from services.database.unit_of_work import UnitOfWork
from services.domain.interests import WhoDecides
from services.domain.plain_dates import weekday_day_month_year
from services.domain.working_days import london_date
from services.web.act_pages.act_page import ActPage
from services.web.forms.fields import Choice, Options


def _interests(work: UnitOfWork, case: Case) -> Options:
    """Offer each declared interest that the person decides on or records, with its words."""
    found = list(interests_before(work, case))
    named = names(work.session, {one.person_id for one, _decides in found})
    return {
        "person": tuple(
            Choice(
                str(one.person_id),
                named.get(one.person_id, "A person who has left"),
                _hint(work, one, decides),
            )
            for one, decides in found
        )
    }


def _hint(work: UnitOfWork, declared: Declaration, decides: WhoDecides) -> str:
    """Say what was declared, whose decision it is, and how it stands."""
    day = weekday_day_month_year(london_date(declared.at))
    whose = "the safeguarding partners together" if decides.is_of_partners else "you"
    if decides.is_of_lead:
        lead = answers_to(work.session, declared.person_id, work.today)
        whose = f"the lead of their own organisation{f': they answer to {lead}' if lead else ''}"
    stands = "the case is closed to them" if declared.closes else "they take part"
    said = f"Declared on {day}: {declared.particulars}"
    return f"{said} Who decides: {whose}. As it stands, {stands}."


DECLARE: Final = ActPage(
    act=declaration.DECLARE,
    path="declaration",
    title="Declare your interests",
    button="Declare and go on",
    done="Your declaration is recorded.",
    template="pages/declaration.html",
)

PAGES = (
    DECLARE,
    ActPage(
        act=interests.DECIDE_ON_INTEREST,
        path="declaration/decision",
        title="Decide on a declared interest",
        button="Record the decision",
        done="The decision is recorded. It holds from now on.",
        narrow=_interests,
    ),
)

"""The page that stands before every case, and the one on which declared interests are decided."""

from typing import Final

from services.casework.steps import declaration, interests
from services.casework.steps.interest_decided import interests_before
from services.database.cases import Case
from services.database.decisions import Declaration, declared_by
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
    """Say all that was declared, whose decision it is, and how it stands."""
    whose = "the safeguarding partners together" if decides.is_of_partners else "you"
    if decides.is_of_lead:
        lead = answers_to(work.session, declared.person_id, work.today)
        whose = f"the lead of their own organisation{f': they answer to {lead}' if lead else ''}"
    stands = "the case is closed to them" if declared.closes else "they take part"
    said = " ".join(
        f"Declared on {weekday_day_month_year(london_date(one.at))}: {one.particulars}"
        for one in declared_by(work.session, declared.case_id, declared.person_id)
        if one.has_conflict
    )
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
        act=declaration.DECLARE_AGAIN,
        path="declaration/arisen",
        title="Declare an interest that has arisen",
        button="Declare the interest",
        done="The interest is declared. The case is closed to you until it is decided.",
    ),
    ActPage(
        act=interests.DECIDE_ON_INTEREST,
        path="declaration/decision",
        title="Decide on a declared interest",
        button="Record the decision",
        done="The decision is recorded. It holds from now on.",
        narrow=_interests,
    ),
)

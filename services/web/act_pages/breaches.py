"""Pages of documents that went to the wrong person: what is taken back, and what is decided."""

from services.casework.steps.dispatches import breach_decision, wrong_recipient
from services.casework.steps.dispatches.address_astray import addresses_written, agency_of
from services.casework.steps.dispatches.breaches import Breach, undecided
from services.database.cases import Case
from services.database.dispatches import dispatches
from services.database.unit_of_work import UnitOfWork
from services.domain.dispatches import LEFT_HERE
from services.domain.plain_dates import date_and_time
from services.domain.plain_text import capital
from services.web.act_pages.act_page import ActPage
from services.web.act_pages.dispatches import each_dispatch
from services.web.forms.fields import Choice, Options


def _left(work: UnitOfWork, case: Case) -> Options:
    """Offer what has left."""
    found = (one for one in dispatches(work.session, case.id) if one.state in LEFT_HERE)
    to = tuple(
        Choice(str(one.id), f"A one-time address for {agency_of(work, one)}", one.address)
        for one in addresses_written(work, case)
    )
    return {"dispatch": (*each_dispatch(found), *to)}


def _undecided(work: UnitOfWork, case: Case) -> Options:
    """Offer what nobody has decided on yet, with the end of its 72 hours."""
    return {"breach": tuple(map(_choice, undecided(work, case)))}


def _choice(breach: Breach) -> Choice:
    kept = breach.kept
    return Choice(
        str(breach.id),
        capital(kept.about),
        f"The 72 hours end on {date_and_time(kept.report_by)}",
    )


PAGES = (
    ActPage(
        act=wrong_recipient.REPORT_WRONG_RECIPIENT,
        path="dispatches/wrong-person",
        title="Sent to the wrong person",
        button="Take it back, and start the 72 hours",
        done="It is on record. The data protection contact is told, and the 72 hours run.",
        narrow=_left,
    ),
    ActPage(
        act=breach_decision.DECIDE_ON_BREACH,
        path="dispatches/breach",
        title="Decide on a personal data breach",
        button="Record the decision",
        done="The decision is on record.",
        narrow=_undecided,
    ),
)

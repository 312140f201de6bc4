"""Pages on which organisations are added for one case, and on which their address is confirmed."""

from services.casework.effects.addressees import practice_leads
from services.casework.steps.scoping import listed_addresses, listed_organisations, practices
from services.database.cases import Case
from services.database.partnerships import listed_for
from services.database.unit_of_work import UnitOfWork
from services.web.act_pages.act_page import ActPage
from services.web.forms.fields import Choice, Options


def _waiting(work: UnitOfWork, case: Case) -> Options:
    """Offer the organisations whose address waits, each with the address that is asked about."""
    waits = (one for one in listed_for(work.session, case.id) if one.waits)
    return {"agency": tuple(Choice(str(one.id), one.name, one.address) for one in waits)}


def _leads(work: UnitOfWork, _case: Case) -> Options:
    """Offer the named leads of today, each with the address that the directory has."""
    found = practice_leads(work).values()
    return {"lead": tuple(Choice(str(one.id), one.holder, one.address) for one in found)}


def _no_lead(work: UnitOfWork, _case: Case) -> str:
    """Say where a named lead is put on record, while the directory has none."""
    if practice_leads(work):
        return ""
    return (
        "The directory has no named lead through whom GP practices are asked. Add one there, as a "
        "contact of the integrated care board."
    )


LIST_ORGANISATION = ActPage(
    act=listed_organisations.LIST_ORGANISATION,
    path="scoping/organisation",
    title="Add an organisation for this case only",
    button="Add it",
    done="It is listed for this case. A second person is asked to confirm its address.",
)
LIST_PRACTICES = ActPage(
    act=practices.LIST_PRACTICES,
    path="scoping/practices",
    title="Add practices that are asked through a named lead",
    button="Add them",
    done="They are listed for this case, and can be asked. One that was asked before is written to "
    "there now.",
    narrow=_leads,
    note=_no_lead,
)
PAGES = (
    LIST_ORGANISATION,
    LIST_PRACTICES,
    ActPage(
        act=listed_addresses.ANSWER_LISTED_ADDRESS,
        path="scoping/address",
        title="Say whether the address of an organisation is right",
        button="Record the answer",
        done="Your answer is recorded. If it is right, the manager asks the organisation; one that "
        "was asked before is written to there now.",
        narrow=_waiting,
    ),
)

"""Pages on which the chair lets a scrutineer read about the family, and ends it."""

from services.casework.steps import family_reading
from services.database.cases import Case
from services.database.people import members, names
from services.database.reading_grants import people_with_grants
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Role
from services.web.act_pages.act_page import ActPage
from services.web.forms.fields import Choice, Options


def _scrutineers(work: UnitOfWork, case: Case) -> Options:
    """Offer the scrutineers who have no grant on this case."""
    granted = people_with_grants(work.session, case.id, work.today)
    found = members(work.session, Role.INDEPENDENT_SCRUTINEER, on=work.today)
    return {"person": tuple(Choice(str(p.id), p.name) for p in found if p.id not in granted)}


def _granted(work: UnitOfWork, case: Case) -> Options:
    """Offer those whose grant holds today."""
    granted = people_with_grants(work.session, case.id, work.today)
    return {"person": tuple(Choice(str(i), n) for i, n in names(work.session, granted).items())}


PAGES = (
    ActPage(
        act=family_reading.GRANT_FAMILY_READING,
        path="family-reading/grant",
        title="Let a scrutineer read about the family",
        button="Allow it",
        done="The scrutineer may read about the family until the day you gave.",
        narrow=_scrutineers,
    ),
    ActPage(
        act=family_reading.WITHDRAW_FAMILY_READING,
        path="family-reading/withdraw",
        title="End a scrutineer's reading about the family",
        button="End it",
        done="The scrutineer no longer reads about the family.",
        narrow=_granted,
    ),
)

"""How the business unit is reached, as its letters and forms say it (Doc 3, Doc 5)."""

import re
from typing import Final

from services.database.directory import Contact
from services.database.directory_entries import contact_entries
from services.database.unit_of_work import UnitOfWork
from services.domain.directory import ContactRole, OrganisationKind

_FIGURES: Final = re.compile(r"\+?[0-9][0-9 ()-]{4,28}[0-9]")


def reached_at(work: UnitOfWork) -> str:
    """Return the telephone and email of the business unit in the directory today, if it has them.

    They are the post's and not a person's: who signs may be away.
    """
    newest = unit_contact(work)
    if newest is None:
        return ""
    telephone = f"telephone {newest.telephone}" if newest.telephone else ""
    return ", ".join(filter(None, (telephone, newest.address)))


def unit_telephone(work: UnitOfWork) -> str:
    """Return the telephone of the business unit as an email may say it: figures, and nothing else.

    What the directory says besides, such as a name to ask for, is left to letters.
    """
    unit = unit_contact(work)
    found = _FIGURES.search(unit.telephone) if unit is not None else None
    return found.group().strip() if found is not None else ""


def unit_contact(work: UnitOfWork) -> Contact | None:
    """Return the newest entry of the business unit that holds today, if there is one."""
    held = [
        one.contact
        for one in contact_entries(work.session, ContactRole.UNIT_MANAGER)
        if one.kind is OrganisationKind.PARTNERSHIP and one.holds(work.today)
    ]
    return max(held, key=lambda one: (one.valid_from, one.added_at), default=None)

"""Whom a person of a partnership asks for help: its business unit, as the directory has it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from services.casework.document_builders.business_unit import unit_contact
from services.database.people import serving
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import OF_INSTALLATION, WITHOUT_ACCOUNT, Role

_ADMINISTER: Final = (Role.BUSINESS_MANAGER, Role.PARTNERSHIP_ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class HelpGiven:
    """How the business unit is reached; ``asked`` are those who look after the partnership.

    They are named where the directory has no way to the unit, and to its own people only.
    """

    partnership: str
    telephone: str = ""
    address: str = ""
    asked: tuple[str, ...] = ()

    @property
    def is_set(self) -> bool:
        """Tell whether the partnership has said how it is reached."""
        return bool(self.telephone or self.address)


def help_given(work: UnitOfWork) -> HelpGiven | None:
    """Return whom the person asks; nothing for who serves the installation itself."""
    if work.actor.role in OF_INSTALLATION:
        return None
    unit, name = unit_contact(work), work.partnership.name
    if unit is not None and (unit.telephone or unit.address):
        return HelpGiven(name, unit.telephone, unit.address)
    return HelpGiven(name, asked=tuple(_who_administers(work)))


def _who_administers(work: UnitOfWork) -> Iterable[str]:
    if work.actor.role in WITHOUT_ACCOUNT:
        return ()
    found = serving(work.session, _ADMINISTER, on=work.today)
    return dict.fromkeys(person.name for person, _membership in found)

"""The dated directory of a partnership: its organisations, and who holds a post on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from services.domain.recipients import Recipient


class OrganisationKind(StrEnum):
    """What an organisation is to the partnership."""

    PARTNERSHIP = "partnership"
    LOCAL_AUTHORITY = "local_authority"
    INTEGRATED_CARE_BOARD = "integrated_care_board"
    POLICE = "police"
    RELEVANT_AGENCY = "relevant_agency"
    PANEL = "panel"
    PANEL_SECRETARIAT = "panel_secretariat"
    OFSTED = "ofsted"
    DEPARTMENT = "department"
    SECRETARY_OF_STATE = "secretary_of_state"
    NSPCC = "nspcc"
    NATIONAL_BODY = "national_body"
    OUTSIDE_BODY = "outside_body"

    @property
    def takes_two(self) -> bool:
        """Tell whether a second person confirms an address there: it is not one of our own."""
        return self in _TAKES_TWO


class ContactRole(StrEnum):
    """The post that a contact of the directory holds, by which acts and emails find them."""

    DIRECTOR = "director"
    EXECUTIVE = "executive"
    REVIEW_GROUP = "review_group"
    REVIEW_GROUP_CHAIR = "review_group_chair"
    UNIT_MANAGER = "unit_manager"
    DATA_PROTECTION_OFFICER = "data_protection_officer"
    CHILD_DEATH_COORDINATOR = "child_death_coordinator"
    PRESS_OFFICE = "press_office"
    OUT_OF_HOURS_TEAM = "out_of_hours_team"
    REGISTERED_NOTIFIER = "registered_notifier"
    STRATEGIC_LEAD = "strategic_lead"
    LEAD_SAFEGUARDING_PARTNER = "lead_safeguarding_partner"
    POINT_OF_CONTACT = "point_of_contact"
    WHERE_TO_SEND = "where_to_send"
    PRACTICE_LEAD = "practice_lead"


class ContactStanding(StrEnum):
    """How an entry of the directory stands on a day."""

    WAITS = "waits"
    REFUSED = "refused"
    NEVER_HELD = "never_held"
    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    ENDED = "ended"


# The national bodies that documents are sent to, by what they are as a recipient (E-05).
BODIES: Final[Mapping[Recipient, OrganisationKind]] = MappingProxyType(
    {
        Recipient.PANEL: OrganisationKind.PANEL,
        Recipient.PANEL_SECRETARIAT: OrganisationKind.PANEL_SECRETARIAT,
        Recipient.OFSTED: OrganisationKind.OFSTED,
        Recipient.DEPARTMENT: OrganisationKind.DEPARTMENT,
        Recipient.SECRETARY_OF_STATE: OrganisationKind.SECRETARY_OF_STATE,
        Recipient.NSPCC: OrganisationKind.NSPCC,
    }
)
_TAKES_TWO: Final = frozenset(
    {*BODIES.values(), OrganisationKind.NATIONAL_BODY, OrganisationKind.OUTSIDE_BODY}
)
A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Validity:
    """From which day until which an entry holds, both included; without a last day it goes on.

    An entry that was wrong from its beginning is ended with the day before its first: it never
    held, and stays on record.
    """

    first: date
    last: date | None = None

    def covers(self, day: date) -> bool:
        """Tell whether the entry holds on the day."""
        return self.first <= day and (self.last is None or day <= self.last)

    @property
    def is_void(self) -> bool:
        """Tell whether the entry never held."""
        return self.last is not None and self.last < self.first

    def reaches(self, day: date) -> bool:
        """Tell whether it holds on the day or later."""
        return not self.is_void and (self.last is None or day <= self.last)

    def standing(self, day: date) -> ContactStanding:
        """Return how the entry stands on the day, once nobody has to confirm it."""
        if self.is_void:
            return ContactStanding.NEVER_HELD
        if self.covers(day):
            return ContactStanding.IN_FORCE
        return ContactStanding.NOT_YET if day < self.first else ContactStanding.ENDED


@dataclass(frozen=True, slots=True)
class Succession:
    """The first day of an entry that takes another's place, and the last day of that other one."""

    begins: date
    last_of_other: date


def succession(other: Validity, begins: date | None) -> Succession | None:
    """Return when a new entry takes the place of another; None for a day that cannot be.

    Without a day the other one was wrong from its beginning, and the new one holds from there.
    """
    if begins is None:
        return Succession(other.first, other.first - A_DAY)
    is_within = other.first < begins and (other.last is None or begins <= other.last)
    return Succession(begins, begins - A_DAY) if is_within else None

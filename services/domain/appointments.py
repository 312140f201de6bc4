"""Who may appoint whom, whose second word it takes, and how an appointment stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from uuid import UUID

from services.domain.directory import ContactRole
from services.domain.errors import NotPermitted, RuleBroken
from services.domain.roles import Role


class AnswerOf(StrEnum):
    """Who answers an appointment: the second person, the one appointed, or who takes it back."""

    SECOND_PERSON = "second_person"
    APPOINTED = "appointed"
    WITHDRAWN = "withdrawn"


class AppointmentStanding(StrEnum):
    """How an appointment stands; until it is held the person holds nothing by it."""

    WAITS_FOR_SECOND = "waits_for_second"
    WAITS_FOR_PERSON = "waits_for_person"
    REFUSED = "refused"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    HELD = "held"


ADMINISTRATORS: Final = frozenset({Role.PARTNERSHIP_ADMINISTRATOR, Role.PLATFORM_ADMINISTRATOR})
# Roles that no appointment of a person gives: guests and practitioners are invited to a case, a
# system is no person (`casework/systems`), the others are the installation's.
NEVER_APPOINTED: Final = (
    Role.GUEST,
    Role.PRACTITIONER,
    Role.SYSTEM,
    Role.OPERATIONS,
    Role.PLATFORM_ADMINISTRATOR,
    Role.SERVICE,
)
# The authority appoints its notifiers (NOT-07), each partner its delegates (GOV-12), each agency
# its lead: the post of the directory whose holder says so. Elsewhere another administrator does.
APPOINTED_BY: Final[Mapping[Role, ContactRole]] = MappingProxyType(
    {
        Role.NOTIFIER: ContactRole.DIRECTOR,
        Role.SAFEGUARDING_PARTNER: ContactRole.LEAD_SAFEGUARDING_PARTNER,
        Role.AGENCY_LEAD: ContactRole.STRATEGIC_LEAD,
    }
)
# Posts that are not left without a holder unless somebody says why.
NEVER_EMPTY: Final = frozenset(
    {
        Role.AGENCY_LEAD,
        Role.BUSINESS_MANAGER,
        Role.NOTIFIER,
        Role.PARTNERSHIP_ADMINISTRATOR,
        Role.REVIEW_GROUP_CHAIR,
        Role.SAFEGUARDING_PARTNER,
    }
)
LINK_LASTS: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class AppointmentState:
    """What was said of an appointment so far; None where nobody has answered."""

    second: bool | None = None
    appointed: bool | None = None
    is_withdrawn: bool = False

    @property
    def standing(self) -> AppointmentStanding:
        """Return how the appointment stands."""
        if self.is_withdrawn:
            return AppointmentStanding.WITHDRAWN
        if self.second is False:
            return AppointmentStanding.REFUSED
        if self.appointed is False:
            return AppointmentStanding.DECLINED
        if self.second is None:
            return AppointmentStanding.WAITS_FOR_SECOND
        if self.appointed is None:
            return AppointmentStanding.WAITS_FOR_PERSON
        return AppointmentStanding.HELD

    @property
    def is_open(self) -> bool:
        """Tell whether somebody still has to answer."""
        return self.standing in {
            AppointmentStanding.WAITS_FOR_SECOND,
            AppointmentStanding.WAITS_FOR_PERSON,
        }


def must_be_free_to_appoint(role: Role, partnership_administrators: int) -> None:
    """Refuse a platform administrator where the partnership has two administrators of its own."""
    if role is Role.PLATFORM_ADMINISTRATOR and partnership_administrators > 1:
        raise NotPermitted(
            "The partnership has administrators enough of its own: two of them do this."
        )


def must_be_second(answers: UUID, entered: UUID, *, is_appointed: bool) -> None:
    """Refuse the second word of whoever entered the appointment, or is appointed by it."""
    if answers == entered:
        raise RuleBroken("Another person answers it: you entered this appointment.")
    if is_appointed:
        raise RuleBroken("Another person answers it: the appointment is your own.")

"""For how long a person without an account is let in by a one-time address and a code.

The address goes by email to where the agency, or the person, is written to. The code goes there by
an email of its own, and only when somebody at the address asks for it: an email that is passed on
opens nothing.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID, uuid5

from services.domain.identifiers import CaseId, PersonId
from services.domain.working_days import Calendar


class ComesFor(StrEnum):
    """What somebody without an account is let in for: an agency's part, or the learning event."""

    AGENCY = "agency"
    LEARNING_EVENT = "learning_event"


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestRule:
    """How long an address is open, in working days, and a code; how many wrong ones end it.

    A code that is younger than ``no_other_within`` is not replaced by another one.
    """

    open_for: int = 20
    code_lasts: timedelta = timedelta(minutes=30)
    no_other_within: timedelta = timedelta(minutes=2)
    wrong_codes: int = 5
    digits: int = 8


GUESTS: Final = GuestRule()


def open_until(day: date, calendar: Calendar, rule: GuestRule = GUESTS) -> date:
    """Return the last day on which an address that was written on the day lets somebody in."""
    return calendar.add_working_days(day, rule.open_for)


def guest_person(case_id: CaseId, agency_id: UUID, address: str, name: str) -> PersonId:
    """Return the id of the person of that name who comes for the agency by that mailbox.

    Who comes back under the same name is the same person, and finds what they had begun. A name
    that is typed at another mailbox is another person: nobody comes in as somebody else.
    """
    said = f"guest {agency_id} {address.casefold()} {' '.join(name.casefold().split())}"
    return PersonId(uuid5(case_id, said))


def participant_person(case_id: CaseId, agency_id: UUID, address: str, name: str) -> PersonId:
    """Return the id of the person of that name who is invited to the learning event there.

    Whoever comes for the agency by the same mailbox is another person: what a guest of an agency
    reads opens to nobody because they were invited to the event, nor the other way round.
    """
    return guest_person(case_id, agency_id, address, f"at the learning event {name}")

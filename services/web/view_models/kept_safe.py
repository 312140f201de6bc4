"""What is done to keep the children safe, as the referral and the local authority say it."""

from dataclasses import dataclass
from typing import Final

from services.casework.access.parts import reads_family
from services.casework.engine.duty_calls import ASKED_FIRST
from services.casework.steps.notification.awareness import RecordAwareness
from services.casework.steps.referral.lead_said import DecideLead
from services.casework.steps.referral.referral_correction import referral_on_record
from services.database.assignments import open_assignments
from services.database.cases import Case
from services.database.history import Entry, all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.roles import Permission
from services.domain.working_days import london_date, written

_BY_AUTHORITY: Final = (EntryType.AWARENESS_RECORDED, EntryType.LEAD_DECIDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyView:
    """Who says what of the children's safety, oldest first, and whether the authority is asked."""

    said: list[tuple[str, str]]
    is_asked: bool


def safety_view(work: UnitOfWork, case: Case) -> SafetyView | None:
    """Return it for a person who reads of the family; None where nothing is said or asked."""
    if not work.actor.may(Permission.READ_CASE) or not reads_family(work, case.id):
        return None
    referral = referral_on_record(work, case)
    said = [("The referral says", referral.siblings_safety)] if referral is not None else []
    found = [one for kind in _BY_AUTHORITY for one in all_of(work.session, case.id, kind)]
    said += [_by_authority(one) for one in sorted(found, key=lambda one: one.number)]
    asked = any(one.todo in ASKED_FIRST for one in open_assignments(work.session, case.id))
    is_asked = asked and not found
    return SafetyView(said=said, is_asked=is_asked) if said or is_asked else None


def _by_authority(entry: Entry) -> tuple[str, str]:
    is_of_lead = entry.entry_type is EntryType.LEAD_DECIDED
    safety = (DecideLead if is_of_lead else RecordAwareness).model_validate(entry.command).safety
    return f"The local authority said on {written(london_date(entry.at))}", safety

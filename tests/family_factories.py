"""Valid words of how the family takes part in a local review."""

from typing import Any
from uuid import UUID

from services.casework.steps.families.approach import AgreeFamilyApproach
from services.casework.steps.families.contact_said import RecordFamilyContact
from services.casework.steps.families.draft_shared import RecordDraftShared
from services.casework.steps.families.genogram import KeepGenogram
from services.casework.steps.families.involvement import DecideInvolvement
from tests.words import SAID, words_of

NOT_INVITED = {
    "takes_part": "not_invited",
    "because": "risk",
    "reason": "A child would be put at risk.",
    "in_report": "One member of the family was not invited, for reasons of safety.",
}


def agree_family_approach(**but: Any) -> AgreeFamilyApproach:
    """Return an approach that a planning meeting agreed, with nobody who is not on record."""
    return words_of(AgreeFamilyApproach, but, discussed_on="2026-02-02", further=())


def keep_genogram(one: UUID, other: UUID, **but: Any) -> KeepGenogram:
    """Return that the one is a sister of the other."""
    usual: dict[str, Any] = {
        "people": ({"person": one, "shape": "female", "has_died": False},),
        "relations": ({"one": one, "tie": "siblings", "other": other},),
    }
    return words_of(KeepGenogram, usual | but)


def decide_involvement(person: UUID, **but: Any) -> DecideInvolvement:
    """Return that somebody is invited, who needs no support."""
    usual = {"takes_part": "invited", "needs": ("no_support",)}
    return words_of(DecideInvolvement, usual | but, person=person)


def record_family_contact(person: UUID, **but: Any) -> RecordFamilyContact:
    """Return a first visit, at which the letter was given."""
    usual = {"held_on": "2026-02-02", "way": "in_person", "about": ("first_contact",)}
    return words_of(RecordFamilyContact, usual | {"given": ("letter",)} | but, person=person)


def record_draft_shared(person: UUID, **but: Any) -> RecordDraftShared:
    """Return that the draft was shared, and that nothing was to be corrected."""
    usual = {"was_shared": True, "shared_on": "2026-02-03", "by_whom": SAID, "said": SAID}
    return words_of(RecordDraftShared, usual | {"remarks": ()} | but, person=person)

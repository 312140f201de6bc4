"""Valid words of a referral and of its correction, and a child and a sister of one."""

from typing import Any

from services.casework.steps.referral.referral import Refer, ReferOn
from services.casework.steps.referral.referral_correction import CorrectReferral
from tests.words import words_of


def sister(**but: Any) -> dict[str, Any]:
    """Return a sister of four who was not harmed."""
    usual = {
        "name": "Wren Example",
        "relations": ("sibling",),
        "born_on": "2021-02-02",
        "lives_with": "yes",
        "statuses": ("child_in_need",),
        "note": "Is with her grandmother now.",
    }
    return usual | but


THE_INCIDENT: dict[str, Any] = {
    "incident_on": "2025-12-10",
    "received_at": "2025-12-12",
    "suspicion": "suspected",
    "area": "own_area",
    "kinds": ("neglect",),
    "impairments": ("physical_health",),
    "lasting": "not_known",
    "family_informed": "not_yet",
    "police": "investigating",
    "media": "none",
    "family_members": (sister(),),
}


def child(**but: Any) -> dict[str, Any]:
    """Return a child of one year; what happened to it may be left to the referral."""
    usual = {
        "name": "Robin Example",
        "born_on": "2024-03-03",
        "role": "harmed",
        "sex": "not_known",
        "statuses": ("none",),
    }
    placed = {"placement": "foster_care"} if "looked_after" in but.get("statuses", ()) else {}
    return usual | placed | but


def refer(harm: str = "serious_harm", **but: Any) -> Refer:
    """Return a referral; ``harm`` is what happened to each child of whom nothing else is said."""
    return words_of(Refer, _of_incident(harm, but), **THE_INCIDENT, has_conflict=False)


def refer_on(harm: str = "serious_harm", **but: Any) -> ReferOn:
    """Return the referral of what was logged before."""
    return words_of(ReferOn, _of_incident(harm, but), **THE_INCIDENT)


def correct_referral(harm: str = "serious_harm", **but: Any) -> CorrectReferral:
    """Return the same referral, corrected: another place, unless something else is said."""
    other = {"place": "Another example place"}
    return words_of(CorrectReferral, _of_incident(harm, other | but), **THE_INCIDENT)


def _of_incident(harm: str, but: dict[str, Any]) -> dict[str, Any]:
    children = tuple({"harm": harm} | one for one in but.get("children", (child(),)))
    died = any(one["harm"] == "death" for one in children)
    return {"coroner": "told" if died else "no_death"} | but | {"children": children}

"""What forms of the learning hold where agencies recommended nothing to themselves."""

from datetime import date

from services.web.forms.fields import DAY_PARTS

NOTHING_ITSELF = {
    f"recommendations__0__{one}": ""
    for one in ("what", "whose", *(f"by_when__{part}" for part in DAY_PARTS))
}
_NOTHING_OWN = ("actions__0__own", *(f"not_taken__0__{one}" for one in ("agency", "number", "why")))


def plan_of_review(by: date) -> dict[str, object]:
    """Return a plan of one action that answers the learning of the review."""
    return dict.fromkeys(_NOTHING_OWN, "") | {"actions__0__last_day": by, "review_on": by}


def practice_seen(on: date) -> dict[str, object]:
    """Return that an audit saw practitioners work in the changed way (EMB-12)."""
    blank = dict.fromkeys((f"again_on__{part}" for part in DAY_PARTS), "")
    return blank | {"found": "adopted", "looked_by": "audit", "seen_on": on}

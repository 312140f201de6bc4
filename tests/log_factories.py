"""Valid words of what is logged or asked for before a referral, or told to another area."""

from typing import Any

from services.casework.steps.referral.lead_said import DecideLead, LogLead
from services.casework.steps.referral.other_areas import TellArea
from services.casework.steps.referral.requested import RequestReview
from services.casework.steps.review_request.request_consideration import ConsiderRequest
from services.domain.criteria import HaveRegardTo, MustConsider
from tests.referral_factories import sister
from tests.words import SAID, words_of


def log_lead(**but: Any) -> LogLead:
    """Return a lead of the partnership's own people: the local authority was not told yet."""
    usual = {"heard_at": "2025-12-11 09:00", "child": "Robin Example", "suspicion": "suspected"}
    return words_of(LogLead, but, **usual, has_conflict=False)


def decide_lead(**but: Any) -> DecideLead:
    """Return a decision that the lead is not to be notified."""
    return words_of(DecideLead, but, decision="not_to_be_notified")


def request_review(**but: Any) -> RequestReview:
    """Return a request for a local review of a near miss."""
    child = {
        "name": "Robin Example",
        "born_on": "2024-03-03",
        "sex": "not_known",
        "statuses": ("child_in_need",),
    }
    usual = {
        "occasion": "near_miss",
        "incident_on": "2025-12-10",
        "received_at": "2025-12-12",
        "children": (child | {"died": False},),
        "suspicion": "neither",
        "family_informed": "not_yet",
        "police": "none",
        "media": "none",
        "family_members": (sister(),),
        "has_conflict": False,
    }
    return words_of(RequestReview, but, **usual)


def consider_request(**but: Any) -> ConsiderRequest:
    """Return a recommendation of an LCSPR."""
    said = {"applies": True, "reasons": SAID}
    lines = tuple({"question": f"What happened in part {one}?"} for one in range(2))
    is_review = but.get("decision", "local_review") == "local_review"
    for_review: dict[str, Any] = {"benefit": SAID, "sought": ("new",), "key_lines": lines}
    return words_of(
        ConsiderRequest,
        but,
        **(for_review if is_review else {}),
        must=tuple({"criterion": one} | said for one in MustConsider),
        regard=tuple({"criterion": one} | said for one in HaveRegardTo),
        decision="local_review",
        settings=("childrens_home",),
        agencies_words=SAID,
    )


def tell_area(**but: Any) -> TellArea:
    """Return that another area was told."""
    return words_of(TellArea, but, told_at="2025-12-12 09:00")

"""The report of a local review on its pages: recommended, drafted, assured and signed."""

from datetime import date
from typing import Any

from services.domain.todos import Todo


def endorse_and_sign(people: Any) -> None:
    """The recommendations are endorsed, and the report that states them is signed."""
    asked = {"recommendations__0__by_when": date(2026, 9, 1)}
    people.do("reviewer", "report/recommendations", **asked)
    people.do("chair", "report/recommendations/put")
    people.sign("recommendations")
    people.do("reviewer", Todo.SUBMIT_DRAFT)
    people.do("manager", Todo.PLAN_COMMUNICATIONS)
    nobody = dict.fromkeys(("members__0__name", "members__0__seat", "members__0__subject"), "")
    people.do("manager", "review-team/members", is_needed="no", **nobody)
    people.do("chair", Todo.QUALITY_ASSURE)
    people.sign("report")

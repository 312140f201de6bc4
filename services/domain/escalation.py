"""The steps up which an agency's silence is taken, until it answers (INF-06).

The framework names them and gives them no days: whoever takes one says by which day the next has
to come, and on the day after it the next is asked for.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from services.domain.agency_requests import UNREPORTED, Answered, Asked
from services.domain.roles import Role
from services.domain.todos import TODO, Todo


class Rung(StrEnum):
    """How far up an unanswered request has been taken."""

    REVIEW_GROUP = "review_group"
    STRATEGIC_LEAD = "strategic_lead"
    PARTNERS = "partners"
    FORMAL_ACTION = "formal_action"


OWED: Final[Mapping[Asked, frozenset[Answered]]] = {
    Asked.SCOPING_RETURN: frozenset({Answered.ASKED}),
    Asked.REPORT: UNREPORTED,
}
"""How a request stands while the agency owes its answer."""

TODO_OF: Final[Mapping[Rung, Todo]] = {
    Rung.REVIEW_GROUP: Todo.REFER_SILENCE,
    Rung.STRATEGIC_LEAD: Todo.REACH_STRATEGIC_LEAD,
    Rung.PARTNERS: Todo.PUT_SILENCE_TO_PARTNERS,
    Rung.FORMAL_ACTION: Todo.ACT_FORMALLY,
}


def next_rung(taken: Rung | None) -> Rung:
    """Return which step is next; formal action is followed by more of it, never by nothing."""
    if taken is None:
        return Rung.REVIEW_GROUP
    order = tuple(Rung)
    return order[min(order.index(taken) + 1, len(order) - 1)]


def taken_by(rung: Rung) -> Role:
    """Return whose step it is."""
    return TODO[TODO_OF[rung]].role

"""The steps up which an agency's silence is taken, until it answers (INF-06).

The framework names them and gives them no days: whoever takes one says by which day the next has
to come, and on the day after it the next is asked for.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from services.domain.agency_requests import (
    REPORTED_AT,
    RETURNED_AT,
    UNREPORTED,
    Answered,
    Asked,
)
from services.domain.entry_types import EntryType
from services.domain.roles import Role
from services.domain.todos import TODO, Todo
from services.domain.workflow import Stage


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

ANSWERED_BY: Final[Mapping[Asked, Todo]] = {
    Asked.SCOPING_RETURN: Todo.SUBMIT_RETURN,
    Asked.REPORT: Todo.SUBMIT_REPORT,
}
"""What the agency is asked to do; it owes an answer only while it is asked."""

OWED_AT: Final[Mapping[Asked, frozenset[Stage]]] = {
    Asked.SCOPING_RETURN: RETURNED_AT,
    Asked.REPORT: REPORTED_AT,
}
"""Where a case may stand while an agency's silence is taken further."""

TODO_OF: Final[Mapping[Rung, Todo]] = {
    Rung.REVIEW_GROUP: Todo.REFER_SILENCE,
    Rung.STRATEGIC_LEAD: Todo.REACH_STRATEGIC_LEAD,
    Rung.PARTNERS: Todo.PUT_SILENCE_TO_PARTNERS,
    Rung.FORMAL_ACTION: Todo.ACT_FORMALLY,
}

TAKEN_BY_ENTRY: Final[Mapping[EntryType, Rung]] = {
    EntryType.SILENCE_REFERRED: Rung.REVIEW_GROUP,
    EntryType.STRATEGIC_LEAD_REACHED: Rung.STRATEGIC_LEAD,
    EntryType.SILENCE_PUT_TO_PARTNERS: Rung.PARTNERS,
    EntryType.ACTED_FORMALLY: Rung.FORMAL_ACTION,
}
"""Which entry tells that a step was taken."""

_TURN_OF_OTHERS: Final = frozenset({Rung.REVIEW_GROUP, Rung.PARTNERS})


def is_turn_of_others(taken: Rung | None) -> bool:
    """Tell whether the day that was said is the review group's or the partners', to take it up.

    After the other steps it is the agency's own, to answer.
    """
    return taken in _TURN_OF_OTHERS


def is_with_partners(taken: Rung | None) -> bool:
    """Tell whether the safeguarding partners have it: they say by when the agency answers."""
    return taken in {Rung.PARTNERS, Rung.FORMAL_ACTION}


def has_come_to(taken: Rung | None, rung: Rung) -> bool:
    """Tell whether a silence that was taken this far has passed the step; each is taken in turn."""
    order = tuple(Rung)
    return taken is not None and order.index(rung) <= order.index(taken)


def next_rung(taken: Rung | None) -> Rung:
    """Return which step is next; formal action is followed by more of it, never by nothing."""
    if taken is None:
        return Rung.REVIEW_GROUP
    order = tuple(Rung)
    return order[min(order.index(taken) + 1, len(order) - 1)]


def taken_by(rung: Rung) -> Role:
    """Return whose step it is."""
    return TODO[TODO_OF[rung]].role

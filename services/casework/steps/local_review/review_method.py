"""The method of the terms of reference drives what is owed: a lead, and practitioners heard.

In terms from before it was asked the method is not known: nothing is owed by it then.
"""

from services.casework.effects import ask_reviewers, close_todos
from services.casework.steps.learning_event.plan import has_planned_event
from services.casework.steps.local_review.terms_amended import terms_in_force
from services.casework.steps.local_review.terms_said import TermsKept
from services.database.cases import Case
from services.database.history import said_for_review
from services.database.reviewers import capacities, reviewers_now
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.review_methods import ReviewMethod
from services.domain.reviewers import ReviewerCapacity
from services.domain.todos import Todo

_WORKSHOP = ReviewMethod.SYSTEMS_WORKSHOP
_HELD = EntryType.LEARNING_EVENT_HELD
_CALLED_OFF = EntryType.LEARNING_EVENT_CALLED_OFF
_HEARD = EntryType.PRACTITIONER_HEARD
_OF_PRACTITIONERS = (_HELD, _CALLED_OFF, _HEARD)


def must_fit_method(work: UnitOfWork, case: Case, said: TermsKept) -> None:
    """Refuse terms whose method has no place for what they say beside it, or nobody to lead it.

    A workshop is facilitated by a lead reviewer; practitioners take part in it (LC-23, LC-36).
    """
    if said.method is not _WORKSHOP:
        return
    if said.without_practitioners is not None:
        raise AnswerRefused(
            "without_practitioners", "Practitioners take part in a workshop: leave this empty."
        )
    if _is_without_lead(work, case):
        raise AnswerRefused(
            "method",
            "No lead reviewer is commissioned, who facilitates a workshop (LC-23): choose another "
            "method, or appoint one.",
        )


def must_have_lead_for_workshop(work: UnitOfWork, case: Case) -> None:
    """Refuse to do without a lead reviewer where the terms say a systems workshop (LC-23)."""
    if method_in_force(work, case) is _WORKSHOP:
        raise AnswerRefused(
            "capacity",
            "By the terms of reference this is a systems review with a workshop, which a lead "
            "reviewer facilitates. A shorter, proportionate review may do without one (LC-23): "
            "amend the terms first.",
        )


def method_in_force(work: UnitOfWork, case: Case) -> ReviewMethod | None:
    """Return the method of the terms in force, or of those drawn up first; nothing if unknown."""
    terms = _terms(work, case)
    return None if terms is None else terms.method


def follow_method(work: UnitOfWork, case: Case) -> None:
    """Ask the reviewers to plan the workshop that the terms in force say, while there is none."""
    close_todos(work, case, Todo.PLAN_LEARNING_EVENT)
    if method_in_force(work, case) is not _WORKSHOP or has_planned_event(work, case):
        return
    if not said_for_review(work.session, case.id, _HELD):
        ask_reviewers(work, case, Todo.PLAN_LEARNING_EVENT)


def must_have_heard_practitioners(work: UnitOfWork, case: Case) -> None:
    """Refuse a report without what its method owes of practitioners (LC-28, LC-39, LC-40).

    A workshop was held, or called off and its practitioners heard in conversations. By another
    method they came to an event or were heard, unless the terms say why they take no part.
    """
    terms = _terms(work, case)
    if terms is None or terms.method is None:
        return
    known = {one.entry_type for one in said_for_review(work.session, case.id, *_OF_PRACTITIONERS)}
    if terms.method is _WORKSHOP:
        if _HELD not in known and not known >= {_CALLED_OFF, _HEARD}:
            raise RuleBroken(
                "The terms of reference say a systems workshop (LC-39): plan it, and record how it "
                "went; call it off and record the conversations in its place (LC-40); or amend the "
                "terms (LC-06)."
            )
    elif terms.without_practitioners is None and known.isdisjoint({_HELD, _HEARD}):
        raise RuleBroken(
            "No practitioner was heard, and the terms of reference do not say why: record a "
            "learning event or a conversation (LC-39, LC-40), or amend the terms (LC-06)."
        )


def _is_without_lead(work: UnitOfWork, case: Case) -> bool:
    """Tell whether somebody is appointed, and nobody of them as the lead reviewer."""
    appointed_as = capacities(work.session, case.id)
    now = reviewers_now(work.session, case.id)
    return bool(now) and all(appointed_as[one] is ReviewerCapacity.LOCAL for one in now)


def _terms(work: UnitOfWork, case: Case) -> TermsKept | None:
    entry = terms_in_force(work, case)
    return None if entry is None else TermsKept.model_validate(entry.command)

"""Whom a report names: what is published is the text that was sent before it (PUB-26, PUB-27).

The three bodies are sent the full report, and what is published always names who reviewed. Where
others are to be named than the text names that was sent, the partners decide anew: it goes again.
"""

from typing import Final

from services.casework.effects import (
    close_todos,
    drop_text_before_publication,
    last_day,
    open_todo,
    reopen_clock,
)
from services.casework.joint.matters import bearer_of
from services.casework.steps.rounds.publishers_held import hold_publishers
from services.database.cases import Case
from services.database.history import Fact, facts
from services.database.reviewers import reviewers_named_by, reviewers_to_name
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import Stage

_DECIDED: Final = (EntryType.PUBLICATION_PLANNED, EntryType.PUBLICATION_WITHHELD)


def names_others(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the report has to name others now than the text of it that was sent (PUB-27).

    A publisher beside the partnership that leads names whom the lead told it.
    """
    if not case.publishes or not bearer_of(work, case, SignOffMatter.PUBLICATION).is_own(case):
        return False
    sent = sent_as_planned(work, case)
    if sent is None:
        return False
    now = reviewers_to_name(work.session, case.id)
    return set(now) != set(reviewers_named_by(work.session, case.id, sent))


def follow_names(work: UnitOfWork, case: Case) -> None:
    """Have publication planned anew where the text that was sent names others than it has to.

    The partners approve the plan, and every publisher sends the text again (K12). Until then what
    was sent, or waits to be, counts no longer, and nobody publishes.
    """
    if case.stage is not Stage.PUBLICATION or case.published_on or not names_others(work, case):
        return
    case.presented_on = None
    work.session.add(case)
    drop_text_before_publication(work, case)
    close_todos(work, case, Todo.PUBLISH)
    reopen_clock(work, case, ClockId.K12)
    open_todo(work, case, Todo.PLAN_PUBLICATION, last_day=last_day(work, case, ClockId.K12))
    hold_publishers(work, case)


def sent_as_planned(work: UnitOfWork, case: Case) -> Fact | None:
    """Return the dispatch of the text that is planned now, if it was made ready since."""
    found = facts(work.session, case.id, *_DECIDED, EntryType.PRE_SENT)
    return found[-1] if found and found[-1].entry_type is EntryType.PRE_SENT else None

"""What follows when all partners agree to what is published, and when (GOV-16, PUB-24)."""

from datetime import date

from services.casework.effects import (
    ToSend,
    close_todos,
    drop_text_before_publication,
    open_todo,
    order_dispatches,
)
from services.casework.steps.publication.legal_advice import ask_for_decision
from services.casework.steps.publication.publishers_done import go_on_when_all_published
from services.casework.steps.publication.staff_asked import ask_who_publishes
from services.casework.steps.rounds.dissent_days import day_that_waits
from services.database.cases import Case
from services.database.history import newest_place
from services.database.unit_of_work import UnitOfWork
from services.domain.dispatches import Notice
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import Step


def ask_for_plan(work: UnitOfWork, case: Case, by: date | None) -> None:
    """Have publication planned, and decided before whether legal advice is needed (LC-12)."""
    ask_for_decision(work, case, by)
    open_todo(work, case, Todo.PLAN_PUBLICATION, last_day=by)


def follow_plan(work: UnitOfWork, case: Case) -> None:
    """Tell the three national bodies what was decided, once it is decided (GOV-16, PUB-24).

    Each publisher is asked to send the text; who publishes alone asks only its own manager.
    """
    if case.published_on is not None:  # signed afresh because another publisher has left
        go_on_when_all_published(work, case)
        return
    case.presented_on = None
    work.session.add(case)
    _monitor_until_published(work, case)
    drop_text_before_publication(work, case)
    by = day_that_waits(work, case, SignOffMatter.PUBLICATION)
    open_todo(work, case, Todo.PRE_SEND, last_day=by)
    ask_who_publishes(work, case, last_day=by)
    entry, notice = newest_place(work.session, case.id), Notice.PUBLICATION_DECIDED
    order_dispatches(work, case, entry, ToSend(Step.PUBLISH, notice, case.publish_on))


def _monitor_until_published(work: UnitOfWork, case: Case) -> None:
    """Have the partners monitor the review until it is published, or is not to be (LC-21)."""
    if case.publishes:
        open_todo(work, case, Todo.MONITOR_REVIEW)
    else:
        close_todos(work, case, Todo.MONITOR_REVIEW)

"""What the publishers of one review have done, and what follows when the last of them has."""

from datetime import date
from uuid import UUID

from services.casework.effects import (
    close_todos,
    mark_met,
    open_todo,
)
from services.casework.joint.ending import end_joint_part
from services.casework.steps.anonymity.checks import is_checked
from services.casework.steps.plan_with_report import follow_plan_after_report
from services.casework.steps.publication.beside_lead import to_publish
from services.casework.steps.publication.publishers import (
    ask_publishers,
    publishers_beside,
)
from services.casework.steps.rounds.report_signed import does_text_wait
from services.casework.steps.rounds.sign_off_rounds import round_of
from services.database.cases import Case
from services.database.history import Entry, all_of
from services.database.shown import known_partnerships
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType
from services.domain.errors import RuleBroken
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import Stage, move


def must_all_have_sent(work: UnitOfWork, case: Case) -> None:
    """Refuse publication while one of the publishers has yet to send the text (K12)."""
    told = _told(work, case, EntryType.PUBLISHER_SENT)
    known = known_partnerships(work.session) if None in told.values() else {}
    waiting = [known[one] for one, entry in told.items() if entry is None]
    if waiting:
        raise RuleBroken(
            "Every publisher sends the text to the three bodies before it is published (PUB-26, "
            f"K12). Yet to send it: {', '.join(waiting)}."
        )


def go_on_when_all_sent(work: UnitOfWork, case: Case) -> None:
    """When the last publisher has sent the text, K12 is met and each of them is to publish.

    The others are asked to publish once the report is checked as it stands (PUB-16).
    """
    days = _days_if_all_did(work, case, case.presented_on, EntryType.PUBLISHER_SENT)
    if not days:
        return
    mark_met(work, case, ClockId.K12, on=max(days))
    close_todos(work, case, Todo.PLAN_PUBLICATION)
    if case.published_on is None:
        todo = to_publish(publishes=case.publishes)
        open_todo(work, case, todo, last_day=case.publish_on)
    let_publishers_publish(work, case)


def let_publishers_publish(work: UnitOfWork, case: Case) -> None:
    """Ask the other publishers to publish: all have sent the text, and it is checked (PUB-16).

    Who was asked already is not asked again, but where publication had to wait meanwhile: such as
    for the partners, while a changed text is before them (PUB-02).
    """
    if case.stage is not Stage.PUBLICATION or not is_checked(work, case):
        return
    if does_text_wait(work, case):
        return
    if _days_if_all_did(work, case, case.presented_on, EntryType.PUBLISHER_SENT):
        ask_publishers(work, case, all_sent=True)


def go_on_when_all_published(work: UnitOfWork, case: Case) -> None:
    """When the last publisher has published, K11 is met and each side comes to its own plan."""
    days = _days_if_all_did(work, case, case.published_on, EntryType.PUBLISHER_PUBLISHED)
    if not days:
        return
    case.stage = move(case.stage, Stage.EMBEDDING)
    work.session.add(case)
    end_joint_part(work, case)
    mark_met(work, case, ClockId.K11, on=max(days))
    close_todos(
        work,
        case,
        Todo.RECORD_DELAY,
        Todo.CONSIDER_DELAY,
        Todo.APPOINT_REVIEWER,
        Todo.DECLARE,
        Todo.MONITOR_REVIEW,
        Todo.DECIDE_LEGAL_ADVICE,
    )
    follow_plan_after_report(work, case)


def _days_if_all_did(work: UnitOfWork, case: Case, own: date | None, done: EntryType) -> list[date]:
    """Return the days on which the publishers did it, ours first; none until all of them have."""
    told = _told(work, case, done).values()
    days = [date.fromisoformat(one.command["on"]) for one in told if one is not None]
    return [own, *days] if own is not None and len(days) == len(told) else []


def _told(work: UnitOfWork, case: Case, done: EntryType) -> dict[UUID, Entry | None]:
    """Return what each other publisher told us that it did, if it did it and it still holds.

    The text is sent afresh in each round, and again when it came back. What is published stays so,
    whoever must sign since.
    """
    others = [one.tenant_id for one in publishers_beside(work, case)]
    if not others:
        return {}
    of_a_round = done is EntryType.PUBLISHER_SENT
    stem = f":{round_of(work, case, SignOffMatter.PUBLICATION)}:" if of_a_round else ":"
    kinds = (done, EntryType.PUBLISHER_RETURNED) if of_a_round else (done,)
    told = [one for kind in kinds for one in all_of(work.session, case.id, kind)]
    newest = {
        one.subject.partition(":")[0]: one
        for one in sorted(told, key=lambda one: one.number)
        if stem in one.subject
    }
    found = {one: newest.get(str(one)) for one in others}
    return {
        one: entry if entry is not None and entry.entry_type is done else None
        for one, entry in found.items()
    }

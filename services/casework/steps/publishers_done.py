"""What the publishers of one review have done, and what follows when the last of them has."""

from datetime import date
from uuid import UUID

from services.casework.effects import mark_met, open_todo
from services.casework.joint.ending import end_joint_part
from services.casework.steps.publishers import ask_publishers, fellow_publishers, subject_of
from services.casework.steps.sign_off_rounds import round_of
from services.database.cases import Case
from services.database.history import Entry, all_of, last_entry
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
    waiting = _waiting_for(work, case, EntryType.PUBLISHER_SENT)
    if waiting:
        raise RuleBroken(
            "Every publisher sends the text to the three bodies before it is published (PUB-26, "
            f"K12). Yet to send it: {', '.join(waiting)}."
        )


def go_on_when_all_sent(work: UnitOfWork, case: Case) -> None:
    """When the last publisher has sent the text, K12 is met and each of them is to publish."""
    own = case.presented_on
    if own is None or _waiting_for(work, case, EntryType.PUBLISHER_SENT):
        return
    mark_met(work, case, ClockId.K12, on=max([own, *_days(work, case, EntryType.PUBLISHER_SENT)]))
    todo = Todo.PUBLISH if case.publishes else Todo.PUBLISH_IMPROVEMENTS
    open_todo(work, case, todo, last_day=case.publish_on)
    ask_publishers(work, case, all_sent=True)


def go_on_when_all_published(work: UnitOfWork, case: Case) -> None:
    """When the last publisher has published, K11 is met and each side comes to its own plan."""
    own = case.published_on
    if own is None or _waiting_for(work, case, EntryType.PUBLISHER_PUBLISHED):
        return
    days = [own, *_days(work, case, EntryType.PUBLISHER_PUBLISHED)]
    case.stage = move(case.stage, Stage.EMBEDDING)
    work.session.add(case)
    end_joint_part(work, case)
    mark_met(work, case, ClockId.K11, on=max(days))
    open_todo(work, case, Todo.AGREE_PLAN)


def _waiting_for(work: UnitOfWork, case: Case, done: EntryType) -> list[str]:
    """Return the names of the other publishers that have yet to do it."""
    others = fellow_publishers(work, case)
    missing = [one.tenant_id for one in others if _told(work, case, done, one.tenant_id) is None]
    known = known_partnerships(work.session) if missing else {}
    return [known[one] for one in missing]


def _days(work: UnitOfWork, case: Case, done: EntryType) -> list[date]:
    """Return the days on which the other publishers did it."""
    others = fellow_publishers(work, case)
    found = [_told(work, case, done, one.tenant_id) for one in others]
    return [date.fromisoformat(one.command["on"]) for one in found if one is not None]


def _told(work: UnitOfWork, case: Case, done: EntryType, publisher: UUID) -> Entry | None:
    """Return what a publisher told us that it did; the text is sent afresh in each round.

    What is published stays so, whoever must sign since.
    """
    if done is EntryType.PUBLISHER_SENT:
        round_ = round_of(work, case, SignOffMatter.PUBLICATION)
        return last_entry(work.session, case.id, done, subject_of(publisher, round_))
    told = all_of(work.session, case.id, done)
    own = [one for one in told if one.subject.startswith(f"{publisher}:")]
    return own[-1] if own else None
